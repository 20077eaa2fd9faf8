<?php
// ruleid: path-traversal
readfile("files/" . $_GET["name"]);
// ok: path-traversal
readfile("files/" . basename($_GET["name"]));
// ruleid: path-traversal
unlink($_POST["file"]);
// ok: path-traversal
readfile("files/a.txt");
