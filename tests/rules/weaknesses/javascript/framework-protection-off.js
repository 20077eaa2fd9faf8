const helmet = require('helmet')
// ruleid: framework-protection-off
app.use(helmet({ contentSecurityPolicy: false }))
// ok: framework-protection-off
app.use(helmet())
