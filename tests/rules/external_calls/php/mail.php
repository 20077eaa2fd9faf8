<?php
// ruleid: mail
mail("a@example.com", "Hello", "text");
// ok: mail
strlen("a@example.com");
