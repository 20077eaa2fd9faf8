module.exports = (req, res) => {
  // ruleid: code-injection
  const value = eval(req.body.expression)
  // ok: code-injection
  const parsed = JSON.parse(req.body.expression)
  return [value, parsed]
}
