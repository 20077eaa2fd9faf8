<?php
// ruleid: cors-any-origin
header("Access-Control-Allow-Origin: *");
// ok: cors-any-origin
header("Access-Control-Allow-Origin: https://example.com");
// ruleid: cors-any-origin
header("Access-Control-Allow-Origin: " . $_SERVER["HTTP_ORIGIN"]);
