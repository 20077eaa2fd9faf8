"""Commands of Python programs: click, Typer, Flask's and Django's own, and subcommands of argparse."""

from __future__ import annotations

from tests.unit.codebase.resolvers.table import handlers, routes_of

from threat_modeling.codebase.resolvers import commands

SERVED = {
    "CLI restock": "shop/management/commands/restock.py:5 handle",
    "CLI load-all": "tool.py:11 load",
    "CLI tidy-up": "tool.py:17 tidy_up",
    "CLI remove": "tool.py:22 removed",
}


def test_every_route_once_with_its_handler():
    assert handlers(routes_of("routes/commands", commands)) == SERVED
