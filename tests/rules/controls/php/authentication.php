<?php
// ruleid: authentication
Auth::attempt($credentials);
// ok: authentication
Auth::user();
