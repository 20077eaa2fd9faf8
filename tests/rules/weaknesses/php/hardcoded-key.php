<?php
// ruleid: hardcoded-key
$db = mysqli_connect("localhost", "shop", "t0ps3cret");
// ok: hardcoded-key
$db = mysqli_connect("localhost", "shop", getenv("DB_PASSWORD"));
// ruleid: hardcoded-key
define("API_SECRET", "8d0f1be7a4");
// ok: hardcoded-key
define("API_SECRET", getenv("API_SECRET"));
