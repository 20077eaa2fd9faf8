"""Routes of WordPress plug-ins: REST with permissions, AJAX actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers

from threat_modeling.codebase.resolvers import wordpress

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = """<?php
function sew() { return $_POST['thread']; }
class Rest {
    public function register() {
        register_rest_route('cloth/v1', '/bolts/(?P<id>\\d+)', [
            'methods' => WP_REST_Server::DELETABLE,
            'callback' => [$this, 'cut'],
            'permission_callback' => function () { return current_user_can('edit_posts'); },
        ]);
    }
    public function cut() {}
}
add_action('wp_ajax_nopriv_sew', 'sew');
"""


def test_a_plugin(tmp_path: Path):
    routes = found(tmp_path, wordpress, {"cloth.php": PLUGIN})
    assert set(routes) == {"DELETE /wp-json/cloth/v1/bolts/{id}", "POST /wp-admin/admin-ajax.php"}
    assert handlers(routes)["DELETE /wp-json/cloth/v1/bolts/{id}"] == "cloth.php:11 Rest.cut"
    assert guards(routes["DELETE /wp-json/cloth/v1/bolts/{id}"]) == {
        "authentication permission_callback route",
        "authorization permission_callback route",
    }
    assert guards(routes["POST /wp-admin/admin-ajax.php"]) == set()
