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


// ruleid: weak-password-policy
app.post('/register', async (req, res) => {
  await User.create({ email: req.body.email, password: req.body.password })
  res.status(201).end()
})
