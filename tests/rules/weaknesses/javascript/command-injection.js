const { exec, execFile } = require('child_process')
module.exports = (req, res) => {
  // ruleid: command-injection
  exec('ping -c 1 ' + req.query.host)
  // ok: command-injection
  execFile('ping', ['-c', '1', req.query.host])
}
