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


app.get('/login', (req, res) => {
  // ruleid: sensitive-query
  const { email, password } = req.query
  res.json({ ok: Boolean(email && password) })
})

app.get('/search', (req, res) => {
  // ok: sensitive-query
  res.json({ q: req.query.q })
})
