<?php
// ruleid: open-redirect
header("Location: " . $_GET["next"]);
// ok: open-redirect
header("Location: /home");
// ok: open-redirect
header("Location: /users/" . $_GET["id"]);
function after($request) {
    // ruleid: open-redirect
    return redirect($request->input("next"));
}
