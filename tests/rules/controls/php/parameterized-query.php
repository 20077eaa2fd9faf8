<?php
// ruleid: parameterized-query
$statement = $pdo->prepare("SELECT * FROM a WHERE id = ?");
// ok: parameterized-query
$pdo->query("SELECT 1");
