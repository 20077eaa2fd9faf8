"""A file is left out only where no rule can match in it."""

from __future__ import annotations

import pytest

from threat_modeling.codebase.prefilter import Relevance, words


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


def test_words_are_whole() -> None:
    assert words("a.b_c('d-e', 1)\nähnlich()") == {"a", "b_c", "d", "e", "1", "ähnlich"}
