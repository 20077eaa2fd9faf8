<?php
// ruleid: xxe
$document->loadXML($body, LIBXML_NOENT);
// ok: xxe
$document->loadXML($body);
// ruleid: xxe
libxml_disable_entity_loader(false);
