const cors = require('cors')
// ruleid: cors-any-origin
app.use(cors())
// ok: cors-any-origin
app.use(cors({ origin: 'https://example.org' }))
