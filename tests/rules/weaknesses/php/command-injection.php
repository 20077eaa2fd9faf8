<?php
// ruleid: command-injection
system("ping " . $_GET["host"]);
$host = $_GET["host"];
// ruleid: command-injection
$out = `ping $host`;
// ok: command-injection
system("ping " . escapeshellarg($_GET["host"]));
// ok: command-injection
exec("date");
