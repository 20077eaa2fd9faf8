const twilio = require('twilio')
// ruleid: message-service
const client = twilio(account, token)
// ok: message-service
const other = make(account, token)
