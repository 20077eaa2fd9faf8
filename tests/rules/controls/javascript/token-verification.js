const jwt = require('jsonwebtoken')
// ruleid: token-verification
jwt.verify(token, key)
// ok: token-verification
jwt.decode(token)
