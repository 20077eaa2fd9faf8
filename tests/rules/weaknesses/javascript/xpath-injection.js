const xpath = require('xpath')
module.exports = (req, res) => {
  // ruleid: xpath-injection
  xpath.select("//user[name='" + req.query.name + "']", tree)
  // ok: xpath-injection
  xpath.select('//user', tree)
}
