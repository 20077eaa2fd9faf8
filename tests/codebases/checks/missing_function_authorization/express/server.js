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


function requireAdmin (req, res, next) {
  if (req.user.role !== 'admin') return res.status(403).end()
  next()
}

// ruleid: missing-function-authorization
app.get('/admin/report', requireLogin, async (req, res) => {
  res.json(await Invoice.count())
})

// ok: missing-function-authorization
app.get('/admin/totals', requireLogin, requireAdmin, async (req, res) => {
  res.json(await Invoice.count())
})

// ok: missing-function-authorization
app.get('/report', requireLogin, async (req, res) => {
  res.json(await Invoice.count())
})
