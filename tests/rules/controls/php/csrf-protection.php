<?php
// ruleid: csrf-protection
wp_verify_nonce($_POST["nonce"], "save");
// ok: csrf-protection
wp_create($_POST["nonce"]);
