const filter = require('express-mongo-sanitize')
// ruleid: operator-filter
app.use(filter())
// ok: operator-filter
app.use(other())
