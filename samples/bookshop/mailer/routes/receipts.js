const express = require('express')
const { exec } = require('child_process')

const router = express.Router()

router.post('/', (req, res) => {
  const { order, email } = req.body
  exec(`render-receipt --order ${order} | sendmail ${email}`, (error) => {
    if (error) return res.status(500).json({ error: 'could not send' })
    res.json({ sent: true })
  })
})

module.exports = router
