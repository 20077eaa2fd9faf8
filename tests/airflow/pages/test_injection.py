"""A target that carries payloads in its file names, routes, comments and README: each is shown, none acts."""

import re

import pytest
from tests.airflow.pages.conftest import session_page
from tests.airflow.pages.payloads import PAYLOADS
from tests.airflow.person import Person

from threat_modeling.text import visible

HEAD = """import pickle
import sqlite3
import subprocess

import requests
import yaml
from flask import Flask, redirect, render_template_string, request

app = Flask(__name__)
db = sqlite3.connect("shop.db")


@app.route({path!r})
def show():
    q = request.args["q"]
    return str({sink})  # {number}: {comment}
"""
SINKS = (
    "db.execute('SELECT * FROM t WHERE n = ' + q)",
    "subprocess.run(q, shell=True)",
    "eval(q)",
    "open(q).read()",
    "render_template_string(q)",
    "pickle.loads(q.encode())",
    "requests.get(q).text",
    "redirect(q)",
    "yaml.load(q, yaml.Loader)",
)
UNPORTABLE = re.compile(r"[/\\\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What no file name here has: such files are not read but listed, which another test proves."""
COMPONENTS = ("api", "admin", "shop")
"""So few payloads of one weakness in one component that the report quotes each: it quotes three places of a threat."""
SHOWN = 150
"""Characters of a payload that are looked for: longer lines of code are cut."""
PAGES = ("?view=phases", "/report", "/review", "/tasks/phase_3.agent/0")


@pytest.fixture(scope="session")
def hostile(run_dag, tmp_path_factory):
    """The id of a finished run on the hostile target."""
    folder = tmp_path_factory.mktemp("hostile")
    target = folder / "target"
    target.mkdir()
    for number, payload in enumerate(PAYLOADS):
        comment = payload.replace("\x00", "\\x00")
        sink = SINKS[number // len(COMPONENTS) % len(SINKS)]
        folder_name = COMPONENTS[number % len(COMPONENTS)]
        name = UNPORTABLE.sub("_", f"{number} {payload}")[:80]
        (target / folder_name).mkdir(exist_ok=True)
        source = HEAD.format(path=f"/{number}/{comment[:300]}", sink=sink, number=number, comment=comment)
        (target / folder_name / f"{name}.py").write_text(source, "utf-8")
    (target / "README.md").write_text("# Hostile\n\n" + "\n\n".join(PAYLOADS).replace("\x00", ""), "utf-8")
    run = run_dag({"target": str(target), "out": str(folder / "out"), "approval": "auto", "components": list(COMPONENTS)})
    assert run.state == "success"
    return run.run_id


@pytest.fixture
def reader(site, chromium):
    """A viewer whose browser notices when anything acts."""
    someone = Person(chromium, site.base)
    someone.acted = []
    someone.page.expose_function("attack", lambda *_: someone.acted.append("attack"))
    someone.page.on("dialog", lambda dialog: (someone.acted.append(dialog.message), dialog.dismiss()))
    someone.context.add_cookies([{"name": "_token", "value": site.token("viewer"), "url": site.base}])
    yield someone
    assert someone.acted == []
    assert someone.complaints == []
    someone.context.close()


@pytest.mark.parametrize("width", [1400, 370])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_acts_and_the_layout_holds(reader, site, hostile, path, width):
    reader.page.set_viewport_size({"width": width, "height": 900})
    reader.open(session_page(hostile) + path)
    reader.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    reader.page.wait_for_timeout(1000)
    assert reader.page.url == site.base + session_page(hostile) + path
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    assert reader.page.evaluate("document.scripts.length") == 1
    assert reader.page.evaluate("document.querySelectorAll('img, iframe, object, embed, base, link, video, math').length") == 0


def test_every_payload_is_shown_where_it_is_quoted(reader, hostile):
    reader.open(session_page(hostile) + "/report")
    reader.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    text = reader.page.evaluate("[...document.querySelectorAll('.quote code span')].map(line => line.textContent).join('\\n')")
    missing = [payload for number, payload in enumerate(PAYLOADS) if f"# {number}: {_seen(payload)}" not in text]
    assert missing == []


def test_the_list_of_sessions_shows_names_only(reader, hostile):
    reader.open("/threat-model/")
    reader.page.get_by_role("link", name="target").first.wait_for()
    assert hostile


def _seen(payload):
    return visible(payload.replace("\x00", "\\x00"))[:SHOWN]
