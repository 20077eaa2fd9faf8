const jwt = require('jsonwebtoken')
const KEY = 'not-a-good-idea'
// ruleid: hardcoded-key
jwt.sign({ a: 1 }, KEY)
// ok: hardcoded-key
jwt.sign({ a: 1 }, process.env.SIGNING_KEY)
