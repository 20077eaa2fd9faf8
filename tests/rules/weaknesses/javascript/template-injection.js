const pug = require('pug')
module.exports = (req, res) => {
  // ruleid: template-injection
  pug.compile('p Hello ' + req.query.name)
  // ok: template-injection
  pug.compile('p Hello #{name}')({ name: req.query.name })
}
