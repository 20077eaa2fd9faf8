const cors = require('cors')
// ruleid: cors-allow-list
app.use(cors({ origin: ['https://example.org'] }))
// ok: cors-allow-list
app.use(cors({ origin: '*' }))
