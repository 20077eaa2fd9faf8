const fs = require('fs')
const express = require('express')

const app = express()

app.post('/photo', (req, res) => {
  // ruleid: unrestricted-upload
  fs.writeFileSync('public/' + req.file.originalname, req.file.buffer)
  res.status(204).end()
})

app.post('/photo/checked', (req, res) => {
  if (req.file.mimetype !== 'image/png') return res.status(400).end()
  // ok: unrestricted-upload
  fs.writeFileSync('public/photo.png', req.file.buffer)
  res.status(204).end()
})
