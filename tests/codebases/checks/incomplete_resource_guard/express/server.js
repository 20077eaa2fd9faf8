const express = require('express')
const finale = require('finale-rest')
const { expressjwt } = require('express-jwt')
const { Product, Order } = require('./models')

const app = express()
const isAuthorized = () => expressjwt({ secret: process.env.KEY, algorithms: ['HS256'] })

app.post('/api/products', isAuthorized())
app.delete('/api/products/:id', isAuthorized())
app.post('/api/orders', isAuthorized())
app.put('/api/orders/:id', isAuthorized())
app.delete('/api/orders/:id', isAuthorized())

finale.initialize({ app })
// ruleid: incomplete-resource-guard
finale.resource({ model: Product, endpoints: ['/api/products', '/api/products/:id'] })
// ok: incomplete-resource-guard
finale.resource({ model: Order, endpoints: ['/api/orders', '/api/orders/:id'] })
