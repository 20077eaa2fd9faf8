const fs = require('fs')
const path = require('path')
module.exports = (req, res) => {
  // ruleid: path-traversal
  fs.readFile('/srv/files/' + req.params.name, done)
  // ok: path-traversal
  fs.readFile('/srv/files/' + path.basename(req.params.name), done)
  // ruleid: path-traversal
  res.sendFile(path.resolve('files', req.query.name))
}
