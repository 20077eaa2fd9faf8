<?php
// ruleid: encryption
openssl_encrypt($text, "aes-256-gcm", $key, 0, $iv, $tag);
// ok: encryption
openssl_encrypt($text, "des-cbc", $key);
