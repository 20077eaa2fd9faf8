<?php
// ruleid: file-inclusion
include "pages/" . $_GET["page"] . ".php";
// ok: file-inclusion
include "pages/home.php";
// ok: file-inclusion
include "pages/" . basename($_GET["page"]);
