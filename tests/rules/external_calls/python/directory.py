import ldap

# ruleid: directory
connection = ldap.initialize("ldaps://directory.example.org")
# ok: directory
other = initialize("x")
