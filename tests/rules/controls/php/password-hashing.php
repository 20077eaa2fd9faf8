<?php
// ruleid: password-hashing
$stored = password_hash($password, PASSWORD_DEFAULT);
// ok: password-hashing
$stored = md5($password);
