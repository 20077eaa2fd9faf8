const crypto = require('crypto')
// ruleid: secure-random
crypto.randomBytes(32)
// ok: secure-random
Math.random()
