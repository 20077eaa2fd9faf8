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


app.get('/users/:id', requireLogin, async (req, res) => {
  const user = await User.findByPk(req.params.id)
  // ruleid: excessive-exposure
  res.json(user)
})

app.get('/users/:id/name', requireLogin, async (req, res) => {
  const user = await User.findByPk(req.params.id)
  // ok: excessive-exposure
  res.json({ email: user.email })
})

app.get('/users/:id/public', requireLogin, async (req, res) => {
  const user = await User.findByPk(req.params.id, { attributes: ['email'] })
  // ok: excessive-exposure
  res.json(user)
})
