const { Pool } = require('pg')
// ruleid: sql-database
const pool = new Pool()
// ok: sql-database
const other = new Swimming()
