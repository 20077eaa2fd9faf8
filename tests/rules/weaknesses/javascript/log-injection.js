module.exports = (req, res) => {
  // ruleid: log-injection
  console.log('visited by ' + req.query.name)
  // ok: log-injection
  console.log('visited by ' + JSON.stringify(req.query.name))
}
