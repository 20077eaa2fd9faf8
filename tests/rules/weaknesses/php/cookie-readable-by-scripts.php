<?php
// ruleid: cookie-readable-by-scripts
ini_set("session.cookie_httponly", 0);
// ok: cookie-readable-by-scripts
ini_set("session.cookie_httponly", 1);
