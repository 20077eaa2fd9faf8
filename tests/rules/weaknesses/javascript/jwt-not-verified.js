const jwt = require('jsonwebtoken')
// ruleid: jwt-not-verified
jwt.verify(token, key, { algorithms: ['none'] })
// ok: jwt-not-verified
jwt.verify(token, key, { algorithms: ['RS256'] })
