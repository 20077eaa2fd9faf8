module.exports = (req, res) => {
  // ruleid: regex-denial-of-service
  const one = new RegExp(req.query.pattern)
  // ok: regex-denial-of-service
  const two = new RegExp('^[a-z]+$')
  // ruleid: regex-denial-of-service
  const three = new RegExp('^(a+)+$')
}
