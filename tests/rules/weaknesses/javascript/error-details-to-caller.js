app.use((err, req, res, next) => {
  // ruleid: error-details-to-caller
  res.status(500).send(err.stack)
  // ok: error-details-to-caller
  res.status(500).send('failed')
})
