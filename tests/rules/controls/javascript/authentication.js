const passport = require('passport')
// ruleid: authentication
app.use(passport.authenticate('jwt'))
// ok: authentication
app.use(other('jwt'))
