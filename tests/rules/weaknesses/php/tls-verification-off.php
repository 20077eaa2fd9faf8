<?php
// ruleid: tls-verification-off
curl_setopt($handle, CURLOPT_SSL_VERIFYPEER, false);
// ok: tls-verification-off
curl_setopt($handle, CURLOPT_SSL_VERIFYPEER, true);
$options = [
    // ruleid: tls-verification-off
    "verify" => false,
];
