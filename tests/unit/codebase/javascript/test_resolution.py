"""Which file an import names."""

from __future__ import annotations

import json

import pytest

from threat_modeling.codebase.javascript.resolution import Resolution, lenient_json

TEXTS = {
    "tsconfig.json": '{ "compilerOptions": { // base\n "baseUrl": "./src", "paths": { "@lib/*": ["lib/*", "shared/*"], "exact": ["one.ts"], }, } }',
    "apps/web/tsconfig.json": '{ "extends": "../../tsconfig.base.json" }',
    "tsconfig.base.json": '{ "compilerOptions": { "paths": { "~api/*": ["./packages/api/src/*"] } } }',
    "packages/api/package.json": json.dumps(
        {"name": "@shop/api", "main": "dist/index.js", "exports": {".": "./dist/index.js", "./kit": "./dist/kit.js"}}
    ),
    "packages/tool/package.json": json.dumps({"name": "tool", "imports": {"#in/*": "./src/in/*.js"}}),
}
FILES = [
    *TEXTS,
    "src/a.ts",
    "src/one.ts",
    "src/lib/x.ts",
    "src/shared/y/index.tsx",
    "src/routes/user.js",
    "src/routes/user/index.js",
    "apps/web/src/page.tsx",
    "packages/api/src/index.ts",
    "packages/api/src/kit.ts",
    "packages/api/src/deep/z.ts",
    "packages/tool/src/in/part.ts",
    "packages/tool/src/main.ts",
    "plain/index.cjs",
]


@pytest.fixture
def resolution() -> Resolution:
    return Resolution(FILES, TEXTS.get)


@pytest.mark.parametrize(
    ("importer", "module", "path"),
    [
        ("src/a.ts", "./routes/user", "src/routes/user.js"),
        ("src/a.ts", "./routes/user/", "src/routes/user.js"),
        ("src/routes/user.js", "../a.js", "src/a.ts"),
        ("src/a.ts", "../plain", "plain/index.cjs"),
        ("plain/index.cjs", "..", None),
        ("src/a.ts", "@lib/x", "src/lib/x.ts"),
        ("src/a.ts", "@lib/y", "src/shared/y/index.tsx"),
        ("src/a.ts", "exact", "src/one.ts"),
        ("src/a.ts", "routes/user.js", "src/routes/user.js"),
        ("apps/web/src/page.tsx", "~api/deep/z", "packages/api/src/deep/z.ts"),
        ("apps/web/src/page.tsx", "@shop/api", "packages/api/src/index.ts"),
        ("apps/web/src/page.tsx", "@shop/api/kit", "packages/api/src/kit.ts"),
        ("packages/tool/src/main.ts", "#in/part", "packages/tool/src/in/part.ts"),
        ("apps/web/src/page.tsx", "@/page", "apps/web/src/page.tsx"),
        ("src/a.ts", "express", None),
        ("src/a.ts", "../../etc/passwd", None),
        ("src/a.ts", "./missing", None),
    ],
)
def test_an_import_names_a_file_of_the_target_or_none(resolution: Resolution, importer: str, module: str, path: str | None):
    assert resolution.resolve(importer, module) == path


def test_configurations_that_name_each_other_end():
    texts = {"a/tsconfig.json": '{"extends": "../b/tsconfig.json"}', "b/tsconfig.json": '{"extends": "../a/tsconfig.json"}'}
    assert Resolution([*texts, "a/x.ts"], texts.get).resolve("a/x.ts", "y") is None


@pytest.mark.parametrize("text", ["", "[1]", "{", "[" * 100_000, '{"a": ' * 2000])
def test_broken_configurations_are_empty(text: str):
    assert lenient_json(text) == {}


def test_comments_inside_text_stay():
    assert lenient_json('{"url": "http://x/*y*/", /* gone */ "l": [1,],}') == {"url": "http://x/*y*/", "l": [1]}
