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


app.get('/invoices/:id', async (req, res) => {
  try {
    res.json(await Invoice.count())
  } catch (error) {
    // ruleid: error-details-to-caller
    res.status(500).json({ message: error.stack })
  }
})

app.get('/totals', async (req, res, next) => {
  try {
    res.json(await Invoice.count())
  } catch (error) {
    // ok: error-details-to-caller
    next(error)
  }
})
