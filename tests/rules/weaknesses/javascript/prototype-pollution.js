const _ = require('lodash')
module.exports = (req, res) => {
  // ruleid: prototype-pollution
  _.merge({}, req.body)
  // ok: prototype-pollution
  _.merge({}, settings)
}
