module.exports = (req, res) => {
  // ruleid: header-injection
  res.setHeader('X-Name', req.query.name)
  // ok: header-injection
  res.setHeader('X-Name', encodeURIComponent(req.query.name))
}
