<?php
// ruleid: secure-random
$token = bin2hex(random_bytes(16));
// ok: secure-random
$token = rand();
