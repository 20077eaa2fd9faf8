const https = require('https')
// ruleid: tls-verification-off
const one = new https.Agent({ rejectUnauthorized: false })
// ok: tls-verification-off
const two = new https.Agent({ rejectUnauthorized: true })
