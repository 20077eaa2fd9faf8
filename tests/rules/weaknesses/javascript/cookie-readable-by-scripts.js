const session = require('express-session')
// ruleid: cookie-readable-by-scripts
app.use(session({ cookie: { httpOnly: false } }))
// ok: cookie-readable-by-scripts
app.use(session({ cookie: { httpOnly: true } }))
