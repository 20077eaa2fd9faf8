<?php
// ruleid: secrets-from-environment
$key = getenv("API_KEY");
// ok: secrets-from-environment
$key = "none";
