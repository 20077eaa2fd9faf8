module.exports = (orders) => async (req, res) => {
  // ruleid: nosql-code-injection
  await orders.find({ $where: `this.number === '${req.params.id}'` })
  // ok: nosql-code-injection
  await orders.find({ number: String(req.params.id) })
}
