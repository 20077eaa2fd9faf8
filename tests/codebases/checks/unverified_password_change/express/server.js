const express = require('express')
const jwt = require('jsonwebtoken')
const { User, Invoice } = require('./models')

const app = express()
app.use(express.json())

function requireLogin (req, res, next) {
  const header = req.headers.authorization
  if (!header) return res.status(401).end()
  req.user = jwt.verify(header.split(' ')[1], process.env.KEY, { algorithms: ['HS256'] })
  next()
}


// ruleid: unverified-password-change
app.put('/users/me/password', requireLogin, async (req, res) => {
  await User.update({ password: req.body.password }, { where: { id: req.user.id } })
  res.status(204).end()
})

// ok: unverified-password-change
app.post('/users/me/password', requireLogin, async (req, res) => {
  const user = await User.findByPk(req.user.id)
  if (user.password !== req.body.currentPassword) return res.status(403).end()
  await user.update({ password: req.body.password })
  res.status(204).end()
})
