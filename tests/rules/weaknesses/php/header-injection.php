<?php
// ruleid: header-injection
mail("a@example.com", "Hello", "text", "From: " . $_POST["from"]);
// ok: header-injection
mail("a@example.com", "Hello", $_POST["text"], "From: b@example.com");
