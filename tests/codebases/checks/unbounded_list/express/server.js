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


app.get('/invoices', async (req, res) => {
  // ruleid: unbounded-list
  const invoices = await Invoice.findAll()
  res.json(invoices)
})

app.get('/invoices/paged', async (req, res) => {
  // ok: unbounded-list
  const invoices = await Invoice.findAll({ limit: 20, offset: req.query.offset })
  res.json(invoices)
})
