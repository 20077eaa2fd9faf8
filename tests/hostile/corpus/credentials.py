"""Secrets of many kinds, in code, settings, comments, names and URLs: their values may stand nowhere in what a session writes."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING

from tests.hostile.corpus import Expected

if TYPE_CHECKING:
    from pathlib import Path

_ALPHABET = string.ascii_letters + string.digits
_DIGITS = random.Random(20)  # noqa: S311 - the same corpus each time


def _random(length: int, letters: str = _ALPHABET) -> str:
    while True:
        made = "".join(_DIGITS.choice(letters) for _ in range(length))
        if any(c.isdigit() for c in made) and any(c.isalpha() for c in made):
            return made


UPPER = string.ascii_uppercase + "234567"
TOKENS = {
    "aws": lambda: "AKIA" + _random(16, UPPER),
    "github": lambda: "ghp_" + _random(36),
    "github_fine": lambda: "github_pat_" + _random(40),
    "gitlab": lambda: "glpat-" + _random(20),
    "slack": lambda: "xoxb-" + _random(12, string.digits + "a") + "-" + _random(24),
    "slack_hook": lambda: "https://hooks.slack.com/services/T" + _random(8, UPPER) + "/B" + _random(8, UPPER) + "/" + _random(24),
    "stripe": lambda: "sk_live_" + _random(24),
    "google": lambda: "AIza" + _random(35),
    "npm": lambda: "npm_" + _random(36),
    "pypi": lambda: "pypi-" + _random(60),
    "sendgrid": lambda: "SG." + _random(22) + "." + _random(43),
    "model": lambda: "sk-ant-" + _random(40),
    "jwt": lambda: "eyJ" + _random(20) + ".eyJ" + _random(30) + "." + _random(43),
    "openssh": lambda: _random(64),
    "url": lambda: f"postgres://admin:{_random(20)}@db.internal/shop",
    "url_empty_user": lambda: f"redis://:{_random(20)}@cache:6379/0",
    "password": lambda: _random(12),
    "api_key": lambda: _random(32),
}
FORMS = (
    '{name}_password = "{value}"\n',
    "{name}_api_key = '{value}'\n",
    'config["{name}_secret_key"] = "{value}"\n',
    '{name} = {{"secret_token": "{value}"}}\n',
    'connect("{name}", password="{value}")\n',
    '{name}_token = os.environ.get("{name}_TOKEN", "{value}")\n',
    '{name}_token = os.getenv("X") or "{value}"\n',
    '    {name}_auth_token: str = "{value}"\n',
)


def _values(kind: str, value: str) -> tuple[str, ...]:
    """The part of a secret that must not be seen."""
    return (value.split(":")[2].split("@", maxsplit=1)[0],) if kind.startswith("url") else (value,)


def case_secrets_in_python(folder: Path) -> Expected:
    hidden: list[str] = []
    text = 'import os\nimport requests\nfrom flask import Flask, request\napp = Flask(__name__)\n@app.get("/secrets_in_python")\ndef f():\n'
    for kind, make in TOKENS.items():
        for number, form in enumerate(FORMS):
            value = make()
            hidden += _values(kind, value)
            text += "    " + form.format(name=f"{kind}{number}", value=value).strip() + "\n"
            if number == 0:
                text += f"    requests.get('http://api.internal/' + request.args['q'], headers={{'api_key': '{value}'}})\n"
    (folder / "settings.py").write_text(text)
    return Expected(secrets=tuple(hidden))


def case_secrets_in_javascript(folder: Path) -> Expected:
    hidden: list[str] = []
    text = "const app = require('express')();\nconst axios = require('axios');\napp.get('/secrets_in_javascript', (req, res) => {\n"
    for kind, make in TOKENS.items():
        values = [make() for _ in range(5)]
        hidden += [part for value in values for part in _values(kind, value)]
        text += f"  const {kind}Secret = '{values[0]}';\n  const c_{kind} = {{ password: \"{values[1]}\", apiKey: `{values[2]}` }};\n"
        text += f"  axios.get(req.query.q, {{ auth: {{ password: '{values[3]}' }} }}); const {kind}Token = process.env.X || '{values[4]}';\n"
    (folder / "settings.js").write_text(text + "});\n")
    return Expected(secrets=tuple(hidden))


def case_secrets_in_settings(folder: Path) -> Expected:
    hidden: list[str] = []
    env, compose, docker, properties = "", "services:\n  web:\n    image: a\n    environment:\n", "FROM python:3\n", ""
    for kind, make in TOKENS.items():
        values = [make() for _ in range(4)]
        hidden += [part for value in values for part in _values(kind, value)]
        name = kind.upper()
        env += f"{name}_PASSWORD={values[0]}\n"
        compose += f"      {name}_SECRET_KEY: {values[1]}\n"
        docker += f"ENV {name}_TOKEN={values[2]}\n"
        properties += f"{kind}.password={values[3]}\n"
    (folder / ".env").write_text(env)
    (folder / "docker-compose.yml").write_text(compose)
    (folder / "Dockerfile").write_text(docker + "USER root\n")
    (folder / "application.properties").write_text(properties)
    return Expected(secrets=tuple(hidden))


def case_secrets_in_passing(folder: Path) -> Expected:
    """Secrets that stand beside what is reported: in the route, the query, the comment, the manifest, the README, the key file."""
    made = {
        name: _random(24) for name in ["route", "query", "comment", "readme", "image", "index", "default", "header", "basic", "spec", "name", "key"]
    }
    block = "\n".join(_random(64) for _ in range(8))
    (folder / "app.py").write_text(
        "import sqlite3\nimport requests\nfrom flask import Flask, request\napp = Flask(__name__)\n"
        f'@app.get("/secrets_in_passing/<token>")\ndef f(token="{made["route"]}"):\n'
        f'    db = sqlite3.connect("x", password="{made["query"]}")  # password = "{made["comment"]}"\n'
        f'    requests.get("https://user:{made["basic"]}@api.internal/x", headers={{"Authorization": "Bearer {made["header"]}"}})\n'
        '    return str(db.execute("SELECT " + request.args["q"]))\n'
    )
    (folder / "README.md").write_text(f'# Shop\n\nLog in with password = "{made["readme"]}".\n')
    (folder / "requirements.txt").write_text(
        f"--extra-index-url https://bot:{made['index']}@pypi.internal/simple\nshop @ https://bot:{made['name']}@git.internal/shop.git\n"
    )
    (folder / "Dockerfile").write_text(f"FROM registry.internal/app:1\nARG API_KEY={made['image']}\nUSER root\n")
    (folder / "openapi.yaml").write_text(
        f"openapi: 3.0.0\nservers: [{{url: 'https://u:{made['spec']}@api.internal/v1'}}]\npaths:\n  /secrets_in_passing/spec:\n    get:\n      parameters:\n"
        f"      - {{name: api_key, in: query, schema: {{default: '{made['default']}'}}}}\n"
    )
    (folder / "server.pem").write_text(f"-----BEGIN RSA PRIVATE KEY-----\n{block}\n-----END RSA PRIVATE KEY-----\n")
    (folder / "key.py").write_text(f'KEY = """-----BEGIN PRIVATE KEY-----\n{block}\n-----END PRIVATE KEY-----"""\nSECRET_KEY = "{made["key"]}"\n')
    return Expected(secrets=(*(v for k, v in made.items()), *block.split("\n")))


def case_secrets_in_names(folder: Path) -> Expected:
    """Secrets where a report shows more than a quote: in a route, a purpose, a package, an image, a table, a parameter, a stated fact."""
    made = {name: make() for name, make in TOKENS.items() if name in {"aws", "github", "stripe", "npm", "google", "gitlab", "jwt"}}
    word = _random(24)
    (folder / "hooks.py").write_text(
        "import sqlite3\nimport requests\nfrom flask import Flask, request\napp = Flask(__name__)\n"
        f'@app.post("/secrets_in_names/{made["aws"]}")\ndef hook():\n'
        f'    requests.post("https://bot:{word}@api.internal/{made["stripe"]}", json=request.args)\n'
        f'    return str(sqlite3.connect("x").execute("SELECT * FROM {made["github"]} WHERE a = " + request.args["{made["npm"]}"]))\n'
    )
    (folder / "README.md").write_text(f"# Shop {made['google']}\n\nSells things to customers with {made['google']} and more.\n")
    (folder.parent / "README.md").write_text(f"# Shop {made['google']}\n\nSells things to customers with {made['google']} and more.\n")
    (folder / "package.json").write_text(f'{{"dependencies": {{"x-{made["gitlab"]}": "git+https://bot:{word}@git.internal/x.git"}}}}')
    (folder / "Dockerfile").write_text(f"FROM registry.internal/{made['aws'].lower()}:{made['gitlab']}\nUSER root\n")
    (folder.parent / "business-context.yaml").write_text(
        f"application_name: Shop {made['jwt']}\nprimary_purpose: sells {made['jwt']}\ncrown_jewels: ['jewels {made['jwt']}']\ncompliance: ['{made['jwt']}']\n"
    )
    return Expected(secrets=(*made.values(), word))
