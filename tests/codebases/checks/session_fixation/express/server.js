const express = require('express')
const session = require('express-session')

const app = express()
app.use(session({ secret: process.env.SECRET }))

app.post('/login', async (req, res) => {
  const user = await User.findOne({ where: { email: req.body.email, password: req.body.password } })
  // ruleid: session-fixation
  req.session.userId = user.id
  res.redirect('/')
})

app.post('/signin', async (req, res) => {
  const user = await User.findOne({ where: { email: req.body.email, password: req.body.password } })
  req.session.regenerate(() => {
    // ok: session-fixation
    req.session.userId = user.id
    res.redirect('/')
  })
})
