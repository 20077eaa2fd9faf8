module.exports = (req, res) => {
  // ruleid: insecure-cookie
  res.cookie('session', make())
  // ok: insecure-cookie
  res.cookie('session', make(), { secure: true, httpOnly: true })
  // ok: insecure-cookie
  res.cookie('theme', 'dark')
}
