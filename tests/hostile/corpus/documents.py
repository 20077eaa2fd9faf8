"""Documents that swell, loop or lie: OpenAPI, compose, lock files, manifests."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.hostile.corpus import Expected

if TYPE_CHECKING:
    from pathlib import Path

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
MERGES = "m0: &m0 {k: v}\n" + "".join(f"m{n}: &m{n} {{<<: [*m{n - 1}, *m{n - 1}], k{n}: v}}\n" for n in range(1, 30))
SELF = "loop: &loop\n  again: *loop\n  list: [*loop, *loop]\n"
TAGS = "evil: !!python/object/apply:os.system ['touch pwned']\nother: !!python/name:os.system\nset: !!set {a, b}\n"


def manifests(folder: Path, text: str) -> None:
    (folder / "openapi.yaml").write_text("openapi: 3.0.0\n" + text + "paths:\n  /a:\n    get: {}\n")
    (folder / "docker-compose.yml").write_text("services:\n  web: {image: a}\n" + text)
    (folder / "pnpm-lock.yaml").write_text("lockfileVersion: 1\n" + text)
    (folder / "settings.yaml").write_text(text)
    (folder / "deploy.yml").write_text("apiVersion: v1\nkind: Pod\n" + text)


def case_yaml_laughs(folder: Path) -> None:
    manifests(folder, LAUGHS)


def case_yaml_merges(folder: Path) -> None:
    manifests(folder, MERGES)


def case_yaml_loops(folder: Path) -> None:
    manifests(folder, SELF)


def case_yaml_tags(folder: Path) -> None:
    manifests(folder, TAGS)


def case_yaml_broken(folder: Path) -> None:
    for name in ("openapi.yaml", "docker-compose.yml", "pnpm-lock.yaml"):
        (folder / name).write_text("openapi: 3.0.0\nswagger: 2\n\tpaths: [}{\n%%\n? ? ?\n&a *a !!x\n- \x00")


def case_yaml_odd_keys(folder: Path) -> None:
    manifests(folder, "1: 2\nnull: x\ntrue: y\n? [a, b]\n: z\n? {c: d}\n: w\n'': v\n2020-99-99: u\n1e999: t\n0x: s\n9" + "9" * 5000 + ": r\n")


def case_yaml_documents(folder: Path) -> None:
    manifests(folder, "--- a\n" * 30_000 + "---\n")


def case_json_kinds(folder: Path) -> None:
    """Each manifest holds each wrong kind of value."""
    names = (
        "package.json",
        "package-lock.json",
        "composer.lock",
        "Pipfile.lock",
        "tsconfig.json",
        "openapi.json",
        "next.config.json",
        "nest-cli.json",
    )
    wrong = [[], {}, None, 0, "x", 1e308, True, [[]], {"": None}]
    keys = [
        "dependencies",
        "devDependencies",
        "packages",
        "packages-dev",
        "default",
        "develop",
        "workspaces",
        "exports",
        "main",
        "imports",
        "compilerOptions",
        "paths",
        "openapi",
        "swagger",
        "servers",
        "security",
        "components",
        "scripts",
        "name",
        "version",
        "extends",
        "references",
        "files",
        "include",
        "baseUrl",
        "require",
    ]
    for number, value in enumerate(wrong):
        inner = folder / str(number)
        inner.mkdir()
        for name in names:
            (inner / name).write_text(json.dumps(value))
        deeper = folder / f"{number}-below"
        deeper.mkdir()
        for name in names:
            (deeper / name).write_text(json.dumps(dict.fromkeys(keys, value) | {"openapi": "3.0.0", "paths": {"/a": value}}))
        deepest = folder / f"{number}-deepest"
        deepest.mkdir()
        for name in names:
            (deepest / name).write_text(json.dumps({key: {"a": value, "node_modules/b": value} for key in keys}))


def case_json_numbers(folder: Path) -> None:
    huge = "9" * 10_000
    (folder / "package.json").write_text(f'{{"dependencies": {{"a": {huge}, "b": NaN, "c": -Infinity, "d": 1e999}}}}')
    (folder / "openapi.json").write_text(f'{{"openapi": {huge}, "paths": {{"/a": {{"get": {huge}}}}}}}')
    (folder / "code.py").write_text(
        f"import os\nx = {huge}\ny = 0x{huge}\nz = 1e{huge}\nw = 10 ** 10 ** 10\nv = 'a' * 10 ** 12\nu = 1 << 10 ** 12\nos.system(v)\n"
    )
    (folder / "code.js").write_text(f"const x = {huge}n; const y = 'a'.repeat(1e9); eval(y.repeat(1e9)); setTimeout(x, {huge});\n")


def case_json_surrogates(folder: Path) -> None:
    lone = '"\\ud800"'
    (folder / "package.json").write_text(f'{{"name": {lone}, "dependencies": {{{lone}: {lone}, "a\\udfff": "*"}}}}')
    (folder / "package-lock.json").write_text(f'{{"packages": {{"node_modules/\\ud800": {{"version": {lone}}}}}}}')
    (folder / "composer.lock").write_text(f'{{"packages": [{{"name": {lone}, "version": {lone}}}]}}')
    (folder / "openapi.json").write_text(
        f'{{"openapi": "3.0.0", "paths": {{"/\\ud800": {{"get": {{"operationId": {lone}, "parameters": [{{"name": {lone}, "in": "query"}}]}}}}}}}}'
    )
    (folder / "lone.py").write_text(
        "import sqlite3\nfrom flask import Flask, request\napp = Flask(__name__)\n"
        "@app.get('/json_surrogates/\\ud800')\ndef f():\n    return sqlite3.connect('\\udfff').execute('SELECT \\ud800' + request.args['\\ud800'])\n"
    )
    (folder / "lone.js").write_text(
        "const app = require('express')();\napp.get('/json_surrogates/\\ud800/js', (req, res) => { eval('\\udc00' + req.query['\\ud800']); });\n"
    )


def case_json_twice(folder: Path) -> None:
    (folder / "openapi.json").write_text('{"openapi": "3.0.0", "openapi": [], "paths": {"/a": {"get": {}}, "/a": {"get": {}, "get": 1}}, "paths": 1}')


def case_openapi_circles(folder: Path) -> None:
    loop = {"$ref": "#/components/schemas/A"}
    document = {
        "openapi": "3.0.0",
        "servers": [{"url": "{a}{b}{c}", "variables": {"a": {"default": "{b}"}}}, {"url": "http://[::1"}],
        "paths": {
            "/a": {"$ref": "#/paths/~1b"},
            "/b": {"$ref": "#/paths/~1a"},
            "/c": {"get": {"parameters": [{"$ref": "../../../../../etc/passwd#/x"}, {"$ref": "other.yaml#/a"}, loop], "requestBody": loop}},
            "/d": {"$ref": "openapi.json"},
            "/e": {"$ref": "http://127.0.0.1:9/x.json#/a"},
            "/f": {"post": {"requestBody": {"content": {"application/json": {"schema": loop}}}}},
            "/g": {"$ref": "~0~1~2#//%00"},
        },
        "components": {"schemas": {"A": {"allOf": [loop, loop], "properties": {"a": loop, "b": loop}, "items": loop, "oneOf": [loop] * 50}}},
        "security": [{"a": ["b"]}, 7, None],
    }
    (folder / "openapi.json").write_text(json.dumps(document))
    (folder / "other.yaml").write_text("a: {$ref: 'openapi.json#/paths/~1c/get/parameters/1'}\n")


def case_xml_entities(folder: Path) -> None:
    (folder / "pom.xml").write_text(
        '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "&b;&b;"><!ENTITY b "&c;&c;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<project><dependency><groupId>&x;</groupId><artifactId>&a;</artifactId><version>1</version></dependency>"
        + "<dependency>" * 50_000
        + "</project>"
    )


def case_dockerfile(folder: Path) -> None:
    (folder / "Dockerfile").write_text(
        "FROM a AS a\nRUN <<EOF <<EOF2\n" + "x\\\n" * 50_000 + "\nFROM ${X:-$(id)}\nFROM --platform=<b> <b>:1@sha256:x AS <b>\n"
    )
    (folder / "app.Dockerfile").write_text("# escape=`\n" + "RUN `\n" * 50_000)


def case_requirements_include(folder: Path) -> Expected:
    (folder / "requirements.txt").write_text(
        "-r requirements.txt\n-r ../requirements_include/requirements.txt\n-c /etc/passwd\n--requirement=/etc/hostname\n"
    )
    return Expected()


def case_locks(folder: Path) -> None:
    (folder / "yarn.lock").write_text('"@' * 1000 + "\n" + '  version "1"\n' * 1000 + '"a@b":\n  version "<b>"\n')
    (folder / "poetry.lock").write_text("[[package]]\nname = \nversion = \n" * 500)
    (folder / "Pipfile.lock").write_text('{"default": {"a": {"version": 7}, "b": null}}')
    (folder / "uv.lock").write_bytes(b'[[package]]\nname = "\xff\xfe"\nversion = "\xff"\n')
    (folder / "composer.lock").write_text('{"packages": [{}, 1, {"name": 7}]}')
