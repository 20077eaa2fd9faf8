const ldap = require('ldapjs')
// ruleid: directory
const client = ldap.createClient({ url: 'ldaps://directory.example.org' })
// ok: directory
const other = make({ url: 'x' })
