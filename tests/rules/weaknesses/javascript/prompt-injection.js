const { generateText } = require('ai')
module.exports = async (req, res) => {
  // ruleid: prompt-injection
  await generateText({ model, system: 'You help.', prompt: req.body.question })
  // ok: prompt-injection
  await generateText({ model, prompt: 'Tell a joke.' })
}
