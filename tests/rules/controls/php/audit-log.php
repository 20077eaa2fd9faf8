<?php
// ruleid: audit-log
Log::warning("login failed");
// ok: audit-log
Log::debug("page shown");
