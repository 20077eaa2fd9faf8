module.exports = (req, res) => {
  // ruleid: open-redirect
  res.redirect(req.query.to)
  // ok: open-redirect
  res.redirect('/pages/' + req.query.page)
}
