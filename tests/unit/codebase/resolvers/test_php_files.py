"""PHP without a framework: which files answer, and what they read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.php_project import found
from tests.unit.codebase.resolvers.table import guards, handlers, parameters

from threat_modeling.codebase.resolvers import php_files

if TYPE_CHECKING:
    from pathlib import Path

LOGIN = """<h1>Log in</h1>
<?php
session_start();
$name = $_POST['name'];
?>
<p><?= $_GET['next'] ?></p>
"""
MEMBERS = """<?php
if (!isset($_SESSION['user'])) { header('Location: login.php'); exit; }
echo $_COOKIE['theme'];
"""
FUNCTIONS = "<?php\nfunction helper() { return $_GET['x']; }\n"
SETTINGS = "<?php\nreturn ['db' => 'x'];\n"


def test_scripts_answer_and_definitions_do_not(tmp_path: Path):
    files = {"login.php": LOGIN, "area/members.php": MEMBERS, "tools.php": FUNCTIONS, "settings.php": SETTINGS, "lib/run.php": MEMBERS}
    routes = found(tmp_path, php_files, files)
    assert set(routes) == {"ANY /login.php", "ANY /area/members.php"}
    assert handlers(routes)["ANY /login.php"] == "login.php:1 login.php"
    assert parameters(routes["ANY /login.php"]) == {"body name", "query next"}
    assert guards(routes["ANY /area/members.php"]) == {"authentication check in the handler handler"}


def test_only_what_is_public_answers(tmp_path: Path):
    files = {"public/index.php": LOGIN, "src/tool.php": MEMBERS, "job.php": MEMBERS}
    assert set(found(tmp_path, php_files, files)) == {"ANY /index.php"}


def test_an_application_of_a_framework_is_left_to_it(tmp_path: Path):
    assert found(tmp_path, php_files, {"index.php": LOGIN}, "slim/slim") == {}


def test_a_plugin_of_wordpress_does_not_answer_by_itself(tmp_path: Path):
    assert found(tmp_path, php_files, {"plugin.php": "<?php\nadd_action('init', 'f');\necho $_GET['a'];\n"}) == {}
