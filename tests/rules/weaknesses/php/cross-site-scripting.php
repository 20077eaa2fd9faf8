<?php
// ruleid: cross-site-scripting
echo "<p>" . $_GET["name"] . "</p>";
// ok: cross-site-scripting
echo "<p>" . htmlspecialchars($_GET["name"]) . "</p>";
?>
<?php // ruleid: cross-site-scripting ?>
<b><?= $_POST["title"] ?></b>
<?php // ok: cross-site-scripting ?>
<b><?= htmlentities($_POST["title"]) ?></b>
