const express = require('express')
const session = require('express-session')

const app = express()
app.use(session({ secret: process.env.SECRET }))

// ruleid: missing-csrf-protection
app.post('/profile', async (req, res) => {
  if (!req.session.userId) return res.redirect('/login')
  await User.update({ city: req.body.city }, { where: { id: req.session.userId } })
  res.redirect('/')
})

// ok: missing-csrf-protection
app.get('/profile', async (req, res) => {
  res.json(await User.findOne({ where: { id: req.session.userId }, attributes: ['city'] }))
})
