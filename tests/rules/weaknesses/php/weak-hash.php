<?php
// ruleid: weak-hash
$stored = md5($password);
// ruleid: weak-hash
$token = sha1($seed);
// ok: weak-hash
$etag = md5($body);
// ok: weak-hash
$stored = password_hash($password, PASSWORD_DEFAULT);
