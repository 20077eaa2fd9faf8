<?php
// ruleid: security-headers
header("X-Frame-Options: DENY");
// ok: security-headers
header("Content-Type: text/plain");
