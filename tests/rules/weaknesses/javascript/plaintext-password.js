const bcrypt = require('bcrypt')
module.exports = async (req, res) => {
  // ruleid: plaintext-password
  await User.create({ name: req.body.name, password: req.body.password })
  // ok: plaintext-password
  await User.create({ name: req.body.name, password: await bcrypt.hash(req.body.password, 12) })
}
