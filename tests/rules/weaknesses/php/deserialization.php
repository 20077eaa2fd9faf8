<?php
// ruleid: deserialization
$cart = unserialize($_COOKIE["cart"]);
// ok: deserialization
$cart = unserialize($_COOKIE["cart"], ["allowed_classes" => false]);
// ok: deserialization
$cart = json_decode($_COOKIE["cart"]);
