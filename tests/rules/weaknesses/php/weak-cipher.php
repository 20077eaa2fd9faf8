<?php
// ruleid: weak-cipher
openssl_encrypt($text, "des-ede3-cbc", $key);
// ruleid: weak-cipher
openssl_encrypt($text, "AES-128-ECB", $key);
// ok: weak-cipher
openssl_encrypt($text, "aes-256-gcm", $key, 0, $iv, $tag);
