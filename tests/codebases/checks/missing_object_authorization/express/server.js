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


app.get('/invoices/:id', requireLogin, async (req, res) => {
  // ruleid: missing-object-authorization
  const invoice = await Invoice.findByPk(req.params.id)
  res.json({ total: invoice.total })
})

app.get('/invoices/:id/own', requireLogin, async (req, res) => {
  // ok: missing-object-authorization
  const invoice = await Invoice.findOne({ where: { id: req.params.id, userId: req.user.id } })
  res.json({ total: invoice.total })
})

app.put('/invoices/:id', requireLogin, async (req, res) => {
  const { id } = req.params
  // ok: missing-object-authorization
  const invoice = await Invoice.findByPk(id)
  if (invoice.userId !== req.user.id) {
    return res.status(403).end()
  }
  await invoice.update({ total: req.body.total })
  res.status(204).end()
})

app.delete('/invoices/:id', requireLogin, async (req, res) => {
  // ruleid: missing-object-authorization
  await Invoice.destroy({ where: { id: req.params.id } })
  res.status(204).end()
})
