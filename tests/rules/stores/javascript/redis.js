const redis = require('redis')
// ruleid: redis
const client = redis.createClient()
// ok: redis
const other = make()
