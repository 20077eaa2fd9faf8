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


// ok: missing-authentication
app.post('/login', async (req, res) => {
  const user = await User.findOne({ where: { email: req.body.email } })
  res.json({ token: jwt.sign({ id: user.id }, process.env.KEY) })
})

// ruleid: missing-authentication
app.delete('/invoices/:id', async (req, res) => {
  await Invoice.destroy({ where: { id: req.params.id } })
  res.status(204).end()
})

// ok: missing-authentication
app.put('/invoices/:id', requireLogin, async (req, res) => {
  await Invoice.update({ total: req.body.total }, { where: { id: req.params.id, userId: req.user.id } })
  res.status(204).end()
})

// ok: missing-authentication
app.get('/invoices/count', async (req, res) => {
  res.json(await Invoice.count())
})

// ok: missing-authentication
app.post('/unsubscribe', async (req, res) => {
  await User.destroy({ where: { token: req.body.token } })
  res.status(204).end()
})
