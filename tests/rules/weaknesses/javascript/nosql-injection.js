module.exports = (users) => async (req, res) => {
  // ruleid: nosql-injection
  await users.findOne({ name: req.body.name, password: req.body.password })
  // ok: nosql-injection
  await users.findOne({ name: String(req.body.name) })
  // ok: nosql-injection
  await users.findOne({ _id: req.params.id })
}
