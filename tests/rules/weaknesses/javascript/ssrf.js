const axios = require('axios')
module.exports = async (req, res) => {
  // ruleid: ssrf
  await axios.get(req.body.url)
  // ok: ssrf
  await axios.get('https://api.example.org/items/' + req.body.id)
}
