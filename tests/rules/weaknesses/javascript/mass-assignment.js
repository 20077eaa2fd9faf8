const { User } = require('./models')
module.exports = async (req, res) => {
  // ruleid: mass-assignment
  await User.create(req.body)
  // ok: mass-assignment
  await User.create({ name: req.body.name })
}
