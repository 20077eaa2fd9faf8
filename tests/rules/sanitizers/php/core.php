<?php
// ruleid: core
system("ls " . $_GET["a"]);
// ok: core
system("ls " . escapeshellarg($_GET["a"]));
// ok: core
system("ls " . (int) $_GET["a"]);
$page = $_GET["page"];
// ok: core
echo htmlspecialchars($page);
if (in_array($page, ["a", "b"])) {
    // ok: core
    include $page;
}
// ok: core
header("Location: " . "/" . "a" . urlencode($_GET["b"]));
