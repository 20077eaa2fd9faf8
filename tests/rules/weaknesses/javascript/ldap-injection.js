const ldap = require('ldapjs')
const client = ldap.createClient({ url: 'ldaps://directory.example.org' })
module.exports = (req, res) => {
  // ruleid: ldap-injection
  client.search('ou=people,uid=' + req.body.user, {})
  // ok: ldap-injection
  client.search('ou=people', {})
}
