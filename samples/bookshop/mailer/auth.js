const crypto = require('crypto')

function requireService (req, res, next) {
  const given = Buffer.from(req.get('X-Service-Key') || '')
  const wanted = Buffer.from(process.env.SERVICE_KEY || '')
  if (given.length !== wanted.length || !crypto.timingSafeEqual(given, wanted)) {
    return res.status(401).json({ error: 'service key missing' })
  }
  next()
}

module.exports = { requireService }
