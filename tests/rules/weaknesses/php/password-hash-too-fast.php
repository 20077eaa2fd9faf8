<?php
// ruleid: password-hash-too-fast
$stored = hash("sha256", $password);
// ok: password-hash-too-fast
$stored = hash("sha256", $body);
// ok: password-hash-too-fast
$stored = password_hash($password, PASSWORD_BCRYPT);
