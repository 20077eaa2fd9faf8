<?php
// ruleid: redis
$cache = new Redis();
// ok: redis
$cache = new Cache();
