<?php
// ruleid: unrestricted-upload
move_uploaded_file($_FILES["a"]["tmp_name"], "uploads/" . $_POST["name"]);
// ok: unrestricted-upload
move_uploaded_file($_FILES["a"]["tmp_name"], "uploads/" . bin2hex(random_bytes(8)) . ".png");
