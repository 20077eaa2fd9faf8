const { Pool } = require('pg')
const pool = new Pool()
const names = ['profile', 'settings']

module.exports = function (app) {
  names.forEach((name) => {
    app.get('/users/:user/' + name, (req, res) => {
      pool.query('SELECT 1').then((rows) => res.json(rows))
    })
  })
  app['put']('/users/:user', save)
}

function save (req, res) {
  res.json({ name: req.body.name })
}
