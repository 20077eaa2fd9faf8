<?php
// ruleid: files
file_put_contents("a", "b");
// ok: files
file_exists("a");
