const finale = require('finale-rest')

finale.initialize({ app, sequelize })
// ruleid: generated-resource
finale.resource({ model: User, endpoints: ['/users', '/users/:id'] })
// ok: generated-resource
finale.resource({ model: Product, endpoints: ['/products', '/products/:id'], actions: ['list', 'read'] })
