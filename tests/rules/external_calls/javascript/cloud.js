const { SESClient } = require('@aws-sdk/client-ses')
// ruleid: cloud
const client = new SESClient({})
// ok: cloud
const other = new Client({})
