// ruleid: parameterized-query
db.query('SELECT * FROM users WHERE name = ?', [name])
// ok: parameterized-query
db.query('SELECT * FROM users WHERE name = ' + name)
