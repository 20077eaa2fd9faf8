<?php
// ruleid: superglobals
system("ls " . $_GET["folder"]);
$folder = $_POST["folder"];
// ruleid: superglobals
system("ls $folder");
// ok: superglobals
system("ls " . $_ENV["FOLDER"]);
