module.exports = (db) => (req, res) => {
  // ruleid: sql-injection
  db.query(`SELECT * FROM users WHERE name = '${req.body.name}'`)
  // ok: sql-injection
  db.query('SELECT * FROM users WHERE name = ?', [req.body.name])
  // ok: sql-injection
  db.query('SELECT * FROM users WHERE id = ' + parseInt(req.body.id))
}
