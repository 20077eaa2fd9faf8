const { Client } = require('@elastic/elasticsearch')
// ruleid: search
const client = new Client({})
// ok: search
const other = new Other({})
