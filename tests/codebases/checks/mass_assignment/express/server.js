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


app.post('/users', async (req, res) => {
  // ruleid: mass-assignment
  const user = await User.create(req.body)
  res.status(201).json({ id: user.id })
})

app.post('/members', async (req, res) => {
  const { email, password } = req.body
  // ok: mass-assignment
  const user = await User.create({ email, password, role: 'member' })
  res.status(201).json({ id: user.id })
})

app.put('/users/me', requireLogin, async (req, res) => {
  // ruleid: mass-assignment
  await User.update({ ...req.body }, { where: { id: req.user.id } })
  res.status(204).end()
})
