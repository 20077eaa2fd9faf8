const mongoose = require('mongoose')

const subscriberSchema = new mongoose.Schema({
  email: { type: String, required: true },
  firstName: String,
  address: String,
  token: String
})

module.exports = { Subscriber: mongoose.model('Subscriber', subscriberSchema) }
