<?php
// ruleid: sql-database
$db = new PDO("mysql:host=localhost", "a", getenv("PASSWORD"));
// ok: sql-database
$cart = new Cart("a");
