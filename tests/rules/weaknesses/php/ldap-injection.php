<?php
// ruleid: ldap-injection
ldap_search($link, "dc=a", "(uid=" . $_GET["user"] . ")");
// ok: ldap-injection
ldap_search($link, "dc=a", "(uid=" . ldap_escape($_GET["user"]) . ")");
