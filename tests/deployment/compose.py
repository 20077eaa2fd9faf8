"""The compose file as docker compose reads it: variables filled in, merge keys resolved."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2]
FILE = PROJECT / "docker-compose.yaml"
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>[A-Z_]+)(?::-(?P<default>[^}]*)|:\?(?P<required>[^}]*))?\}|\$(?P<bare>[A-Z_]+)")


def compose(values: dict[str, str]) -> dict:
    """The compose file with these variables. Raises KeyError for one that is required and not given."""

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        name = match["name"] or match["bare"]
        if match["default"] is not None:
            return values.get(name) or match["default"]
        return values[name]

    def filled(node):
        if isinstance(node, dict):
            return {key: filled(one) for key, one in node.items()}
        if isinstance(node, list):
            return [filled(one) for one in node]
        if not isinstance(node, str):
            return node
        text = VARIABLE.sub(value, node)
        return int(text) if VARIABLE.fullmatch(node) and text.isdecimal() else text

    return filled(yaml.safe_load(FILE.read_text("utf-8")))


def variables() -> set[str]:
    """Every variable that the compose file takes from its environment."""
    return {match["name"] or match["bare"] for match in VARIABLE.finditer(FILE.read_text("utf-8")) if match[0] != "$$"}


def example() -> dict[str, str]:
    """The variables of .env.example."""
    lines = (PROJECT / ".env.example").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
