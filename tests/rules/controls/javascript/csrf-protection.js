const csurf = require('csurf')
// ruleid: csrf-protection
app.use(csurf({ cookie: true }))
// ok: csrf-protection
app.use(other({ cookie: true }))
