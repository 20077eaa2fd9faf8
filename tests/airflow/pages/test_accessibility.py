"""Pages and report by axe-core and html-validate: no serious barrier, light and dark, wide and narrow; valid HTML."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.airflow.pages.conftest import session_page
from tests.airflow.person import Person

MODULES = Path(__file__).parents[3] / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VALIDATE = MODULES / ".bin" / "html-validate"
PAGES = {"list": "/threat-model/", "phases": "?view=phases", "frame": "?view=report", "report": "/report", "agent": "/tasks/phase_3.agent/0"}
# the filter's form is never sent, and so has no submit button
RULES = {
    "extends": ["html-validate:recommended"],
    "rules": {
        "long-title": "off",
        "no-inline-style": "off",
        "require-sri": "off",
        "no-trailing-whitespace": "off",
        "void-style": "off",
        "doctype-style": "off",
        "wcag/h32": "off",
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        "prefer-native-element": ["error", {"exclude": ["region"]}],
    },
}


def address(run_id, path):
    return path if path.startswith("/threat-model") else session_page(run_id) + path


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: run `npm ci` in the repository")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 370])
@pytest.mark.parametrize("page", PAGES)
def test_no_serious_barrier(site, chromium, page, width, scheme):
    reader = Person(chromium, site.base, color_scheme=scheme, bypass_csp=True)  # axe itself is a script that the policy would refuse
    reader.context.add_cookies([{"name": "_token", "value": site.token("viewer"), "url": site.base}])
    reader.page.set_viewport_size({"width": width, "height": 900})
    reader.open(address(site.run_id, PAGES[page]))
    reader.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    reader.page.add_script_tag(path=AXE)
    found = reader.page.evaluate("axe.run({iframes: false})")["violations"]
    reader.context.close()
    assert [(one["id"], one["nodes"][0]["html"], one["help"]) for one in found if one["impact"] in {"serious", "critical"}] == []


@pytest.mark.skipif(not VALIDATE.exists(), reason="html-validate is not installed: run `npm ci` in the repository")
@pytest.mark.parametrize("page", PAGES)
def test_valid_html(site, tmp_path, page):
    (tmp_path / "page.html").write_text(site.clients["viewer"].get(address(site.run_id, PAGES[page])).text)
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    command = [shutil.which("node"), VALIDATE, "--formatter", "json=found.json", "page.html"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    problems = [message for file in json.loads((tmp_path / "found.json").read_text()) for message in file["messages"]]
    assert [(m["ruleId"], m["line"], m["message"]) for m in problems[:10]] == []
    assert done.returncode == 0, done.stderr
