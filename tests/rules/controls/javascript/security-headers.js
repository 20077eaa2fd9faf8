const helmet = require('helmet')
// ruleid: security-headers
app.use(helmet())
// ok: security-headers
app.use(other())
