const express = require('express')
const helmet = require('helmet')
const cors = require('cors')
const mongoose = require('mongoose')
const rateLimit = require('express-rate-limit')

const { requireService } = require('./auth')
const receipts = require('./routes/receipts')
const newsletter = require('./routes/newsletter')

const app = express()
app.use(helmet())
app.use(cors({ origin: '*', credentials: true }))
app.use(express.json({ limit: '50kb' }))

mongoose.connect(process.env.MONGO_URL)

app.use('/receipts', requireService, receipts)
app.use('/newsletter', rateLimit({ windowMs: 60000, max: 20 }), newsletter)

app.get('/status', (req, res) => res.json({ up: true }))

app.use((err, req, res, next) => {
  res.status(500).send(err.stack)
})

app.listen(3000)
