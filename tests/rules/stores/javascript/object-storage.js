const { S3Client } = require('@aws-sdk/client-s3')
// ruleid: object-storage
const s3 = new S3Client({})
// ok: object-storage
const other = new Client({})
