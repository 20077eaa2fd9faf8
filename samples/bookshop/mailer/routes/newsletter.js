const express = require('express')
const { Subscriber } = require('../models')

const router = express.Router()

router.post('/subscribe', async (req, res) => {
  const subscriber = new Subscriber({ email: String(req.body.email), token: Math.random().toString(36) })
  await subscriber.save()
  res.status(201).json({ status: 'subscribed' })
})

router.post('/unsubscribe', async (req, res) => {
  await Subscriber.deleteOne({ token: req.body.token })
  res.json({ status: 'unsubscribed' })
})

router.get('/preferences', async (req, res) => {
  const subscriber = await Subscriber.findOne({ email: req.query.email })
  res.send('<h1>Preferences of ' + req.query.email + '</h1>' + JSON.stringify(subscriber))
})

router.get('/go', (req, res) => {
  res.redirect(req.query.to)
})

module.exports = router
