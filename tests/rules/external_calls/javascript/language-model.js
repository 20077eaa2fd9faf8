const { OpenAI } = require('openai')
// ruleid: language-model
const client = new OpenAI()
// ok: language-model
const other = new Model()
