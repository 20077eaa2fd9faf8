const Stripe = require('stripe')
// ruleid: payment
const client = new Stripe(key)
// ok: payment
const other = new Shop(key)
