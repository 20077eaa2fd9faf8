<?php
// ruleid: insecure-random
$token = mt_rand();
// ok: insecure-random
$token = bin2hex(random_bytes(16));
// ok: insecure-random
$color = mt_rand(0, 255);
