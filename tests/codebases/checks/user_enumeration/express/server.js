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


app.post('/login', async (req, res) => {
  const user = await User.findOne({ where: { email: req.body.email } })
  if (!user) {
    // ruleid: user-enumeration
    return res.status(404).json({ message: 'User not found' })
  }
  if (user.password !== req.body.password) {
    return res.status(401).json({ message: 'Incorrect password' })
  }
  res.json({ id: user.id })
})

app.post('/signin', async (req, res) => {
  // ok: user-enumeration
  res.status(401).json({ message: 'Invalid email or password' })
})
