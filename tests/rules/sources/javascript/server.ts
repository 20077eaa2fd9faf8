const { exec } = require('child_process')
export const run = (req, res) => {
  // ruleid: server
  exec('run ' + req.query.name)
  // ok: server
  exec('run ' + req.app.name)
}
export const other = async ({ body }, res) => {
  // ruleid: server
  exec('run ' + body.name)
}
class Users {
  @Post()
  create (@Body() dto: Dto, service: Service) {
    // ruleid: server
    exec('run ' + dto.name)
    // ok: server
    exec('run ' + service.name)
  }
}
