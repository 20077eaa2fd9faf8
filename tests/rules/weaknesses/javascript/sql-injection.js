module.exports = (db) => (req, res) => {
  // ruleid: sql-injection
  db.query(`SELECT * FROM users WHERE name = '${req.body.name}'`)
  // ok: sql-injection
  db.query('SELECT * FROM users WHERE name = ?', [req.body.name])
  // ok: sql-injection
  db.query('SELECT * FROM users WHERE id = ' + parseInt(req.body.id))
}

function run (statement, values) {
  // ok: sql-injection
  return pool.query(statement, values)
}

function deeper (statement) {
  // ok: sql-injection
  return run(statement, [])
}

app.get('/joined', (req, res) => {
  // ruleid: sql-injection
  run("SELECT * FROM a WHERE name = '" + req.query.name + "'", [])
  // ok: sql-injection
  run('SELECT * FROM a WHERE name = $1', ['%' + req.query.name + '%'])
  const statement = `SELECT * FROM a ORDER BY ${req.query.order}`
  // ruleid: sql-injection
  deeper(statement)
})
