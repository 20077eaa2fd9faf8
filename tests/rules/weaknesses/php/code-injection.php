<?php
// ruleid: code-injection
eval($_POST["code"]);
// ruleid: code-injection
call_user_func($_GET["action"]);
// ok: code-injection
eval("return 1;");
// ok: code-injection
call_user_func("strtoupper", $_GET["action"]);
