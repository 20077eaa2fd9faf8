const bcrypt = require('bcrypt')
// ruleid: password-hashing
bcrypt.hash(password, 12)
// ok: password-hashing
hash(password)
