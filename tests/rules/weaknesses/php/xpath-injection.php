<?php
// ruleid: xpath-injection
$xml->xpath("//user[@name='" . $_GET["name"] . "']");
// ok: xpath-injection
$xml->xpath("//user[@name='a']");
