module.exports = (req, res) => {
  // ruleid: regex-denial-of-service
  const one = new RegExp(req.query.pattern)
  // ok: regex-denial-of-service
  const two = new RegExp('^[a-z]+$')
  // ruleid: regex-denial-of-service
  const three = new RegExp('^(a+)+$')
  // ruleid: regex-denial-of-service
  const four = /^(\w+\s?)*$/.test(req.query.text)
  // ok: regex-denial-of-service
  const five = /^\w+$/.test(req.query.text)
  // ruleid: regex-denial-of-service
  const six = req.query.text.match(/(a|a+)+b/)
}
