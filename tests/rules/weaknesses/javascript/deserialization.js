const serialize = require('node-serialize')
module.exports = (req, res) => {
  // ruleid: deserialization
  serialize.unserialize(req.cookies.profile)
  // ok: deserialization
  JSON.parse(req.cookies.profile)
}
