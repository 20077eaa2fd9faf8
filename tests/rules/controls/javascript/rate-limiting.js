const rateLimit = require('express-rate-limit')
// ruleid: rate-limiting
app.use(rateLimit({ max: 100 }))
// ok: rate-limiting
app.use(other({ max: 100 }))
