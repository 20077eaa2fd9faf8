const escapeHtml = require('escape-html')
module.exports = (req, res) => {
  // ruleid: cross-site-scripting
  res.send('<h1>' + req.query.name + '</h1>')
  // ok: cross-site-scripting
  res.send('<h1>' + escapeHtml(req.query.name) + '</h1>')
  // ok: cross-site-scripting
  res.send({ name: req.query.name })
  // ok: cross-site-scripting
  res.json(req.query.name)
}
