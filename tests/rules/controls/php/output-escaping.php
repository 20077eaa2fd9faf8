<?php
// ruleid: output-escaping
echo htmlspecialchars($name);
// ok: output-escaping
echo strtoupper($name);
