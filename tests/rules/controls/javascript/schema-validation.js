const Joi = require('joi')
// ruleid: schema-validation
const schema = Joi.object({ name: 1 })
// ok: schema-validation
const other = object({ name: 1 })
