<?php
// ruleid: http-client
curl_init("https://example.com/a");
// ok: http-client
parse_url("https://example.com/a");
