import ldap
from flask import request
from ldap.filter import escape_filter_chars

def find(connection):
    # ruleid: ldap-injection
    connection.search_s("dc=example", 2, "(uid=" + request.args["user"] + ")")
    # ok: ldap-injection
    connection.search_s("dc=example", 2, "(uid=" + escape_filter_chars(request.args["user"]) + ")")
