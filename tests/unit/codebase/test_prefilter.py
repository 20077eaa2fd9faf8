"""A file is left out only where no rule can match in it."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.prefilter import Relevance, mentioned


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("import hashlib\nhashlib.md5(b'x')\n", True),
        ("from hashlib import md5\nmd5(b'x')\n", True),
        ("import random\n\ndef pick(names):\n    return random.choice(names)\n", True),
        ("def choice(names):\n    return names[0]\n", False),
        ("def read(web, url):\n    return web.head(url)\n", False),
        ("def read(web, url):\n    return web.head(url, verify=False)\n", True),
        ("def clean(part):\n    return part.strip()\n", False),
        ("from flask import request\n\ndef shown():\n    return '<p>' + request.args['x']\n", True),
        ("import pickle\n\ndef read(blob):\n    return pickle.loads(blob)\n", True),
        ("from pydantic import BaseModel\n\nclass Person(BaseModel):\n    email: str\n", True),
        ("", False),
    ],
)
def test_python(text: str, wanted: bool) -> None:
    assert Relevance("python").file(text) is wanted


def test_the_languages_of_a_family_share_what_is_looked_for() -> None:
    text = "export function shown(req, res) { res.send(req.query.name) }\n"
    assert Relevance("typescript").file(text)
    assert Relevance("javascript").file(text)


def test_a_longer_name_needs_its_module_somewhere_in_the_target() -> None:
    text = "def read(cache, key):\n    return cache.hgetall(key)\n"
    assert Relevance("python", frozenset({"redis"})).file(text)
    assert not Relevance("python", frozenset()).file(text)
    assert Relevance("python").file(text)


def test_the_modules_that_texts_say() -> None:
    assert mentioned(["import redis\n", "from requests import Session\n", "redistribute()\n"]) == {"redis", "requests"}


FUNCTIONS = """\
import hashlib
from flask import request

def weak(text):
    return hashlib.md5(text)

def given():
    return request.args["name"]

def between():
    return found(given())

def above():
    return between()

def found(name):
    return run(f"select {name}")

def plain(a, b):
    return a + b
"""


def places(text: str) -> list[tuple[str, int, int]]:
    starts = [(line.split("(")[0][4:], number) for number, line in enumerate(text.split("\n"), 1) if line.startswith("def ")]
    return [(name, number, number + 1) for name, number in starts]


def test_functions_that_show_something_and_those_that_pass_on_what_is_given() -> None:
    told = Relevance("python", frozenset()).functions(FUNCTIONS, places(FUNCTIONS))
    assert [places(FUNCTIONS)[index][0] for index in sorted(told)] == ["weak", "given", "between", "above"]


def test_callers_are_no_matter_where_a_file_is_given_nothing() -> None:
    text = FUNCTIONS.replace("from flask import request\n", "\n").replace('request.args["name"]', "weak('x')")
    told = Relevance("python", frozenset()).functions(text, places(text))
    assert [places(text)[index][0] for index in sorted(told)] == ["weak"]


def test_a_function_that_keeps_a_value_in_its_object_is_read() -> None:
    text = "class A:\n    def set(self, x):\n        self.x = x\n    def same(self, x):\n        return self.x == x\n"
    assert Relevance("python", frozenset()).functions(text, [("set", 2, 3), ("same", 4, 5)]) == {0}
