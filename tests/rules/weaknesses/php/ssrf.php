<?php
// ruleid: ssrf
$handle = curl_init($_GET["url"]);
// ruleid: ssrf
curl_setopt($handle, CURLOPT_URL, $_POST["url"]);
// ok: ssrf
curl_init("https://api.example.com/" . $_GET["id"]);
// ok: ssrf
curl_setopt($handle, CURLOPT_TIMEOUT, 5);
