const { exec } = require('child_process')
const quote = require('shell-quote')
module.exports = (req, res) => {
  const name = req.query.name
  // ruleid: core
  exec('run ' + name)
  // ok: core
  exec('run ' + quote.quote([name]))
  if (!['a', 'b'].includes(name)) return res.status(400).end()
  // ok: core
  exec('run ' + name)
}
