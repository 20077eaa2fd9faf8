import rateLimit from 'express-rate-limit'

app.use('/login', rateLimit({
  max: 5,
  keyGenerator ({ headers, ip }) {
    // ruleid: limit-by-sent-header
    return headers['X-Forwarded-For'] ?? ip
  }
}))
app.use('/reset', rateLimit({
  max: 5,
  keyGenerator: (req) => {
    // ruleid: limit-by-sent-header
    return req.headers['x-forwarded-for']
  }
}))
app.use('/code', rateLimit({
  max: 5,
  // ok: limit-by-sent-header
  keyGenerator: (req) => req.ip
}))
app.get('/where', (req, res) => {
  // ok: limit-by-sent-header
  res.json({ from: req.headers['x-forwarded-for'] })
})
