<?php
// ruleid: insecure-cookie
setcookie("auth_token", $token);
// ok: insecure-cookie
setcookie("auth_token", $token, ["secure" => true, "httponly" => true]);
// ok: insecure-cookie
setcookie("theme", "dark");
