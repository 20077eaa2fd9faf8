const crypto = require('crypto')
// ruleid: weak-hash
crypto.createHash('md5')
// ok: weak-hash
crypto.createHash('sha256')
