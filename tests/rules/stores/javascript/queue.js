const { Queue } = require('bullmq')
// ruleid: queue
const queue = new Queue('mails')
// ok: queue
const other = new List('mails')
