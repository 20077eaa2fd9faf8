"""What the command was asked to do, checked before anything starts."""

from __future__ import annotations

import argparse
import re
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from threat_modeling.errors import RequestInvalid, SettingsInvalid
from threat_modeling.request_check import accept
from threat_modeling.settings import PREFIX, settings
from threat_modeling.source.address import address, is_address
from threat_modeling.source.places import absolute

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.settings import Settings

HOST = "127.0.0.1"
SAMPLE = Path(__file__).parents[3] / "samples" / "bookshop"
"""What is modeled when nothing is named."""
_NAMES = {"target": "TARGET", "out": "OUT", "business_context": "CONTEXT", "approval": "APPROVE"}


class Refused(Exception):
    """The command can't be done; the message names the remedy."""


@dataclass(frozen=True)
class Options:
    """A checked command: the session's request as the trigger form takes it, the port, and Airflow's home."""

    request: dict[str, Any] | None
    """None to start Airflow alone."""
    port: int
    home: Path
    settings: Mapping[str, str]
    """Variables of the deployment: what was named may be a target here, beside what the environment allows."""


def parse(arguments: Sequence[str], environment: Mapping[str, str]) -> Options:
    """Options from the command line and, where that is silent, from TARGET, PORT, CONTEXT, OUT and APPROVE. Raises Refused."""
    given = _parser(environment).parse_args(arguments or ["run"])
    port, home = _port(given.port), Path(given.home).absolute()
    try:
        configured = settings(environment)
    except SettingsInvalid as error:
        raise Refused(str(error)) from None
    out = given.out or configured.sessions_root
    named = [given.target, *([given.context] if given.context else [])]
    if given.command == "up":
        return Options(None, port, home, _settings(configured, [given.target, str(Path.home()), str(Path.cwd())], out))
    fields = {"target": given.target, "business_context": given.context, "out": out, "approval": given.approve}
    return Options(_request({name: value for name, value in fields.items() if value}), port, home, _settings(configured, named, out))


def _settings(configured: Settings, named: Sequence[str], out: str) -> dict[str, str]:
    """Whoever starts a local Airflow is the only one who may use it: what they name, they may read anyway."""
    places = [*configured.allowed_targets, *(_place(one) for one in named)]
    return {f"{PREFIX}ALLOWED_TARGETS": "\n".join([*places, ""]), f"{PREFIX}SESSIONS_ROOT": str(absolute(out))}


def _place(target: str) -> str:
    if not is_address(target):
        return str(absolute(target))
    try:
        place = address(target)
    except ValueError as error:
        raise Refused(f"TARGET: {error}") from None
    return f"{place.scheme}://{place.host}{place.path}"


def _parser(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    def default(name: str, value: str | None = None) -> str | None:
        return environment.get(name) or value

    parser = argparse.ArgumentParser(prog="python -m threat_modeling_airflow.local", description="A local Airflow for threat-modeling sessions.")
    parser.add_argument("command", choices=("run", "up"), help="run one session and end, or keep Airflow up")
    parser.add_argument("target", nargs="?", default=default("TARGET", str(SAMPLE)), help="the folder or git repository (default: the sample)")
    parser.add_argument("--port", default=default("PORT", "8080"), help="port of the user interface, on this machine only (default: 8080)")
    parser.add_argument("--context", default=default("CONTEXT"), help="a business-context.yaml that you vouch for")
    parser.add_argument("--out", default=default("OUT"), help="root of the sessions (default: .threat-modeling)")
    parser.add_argument("--approve", default=default("APPROVE", "manual"), help="manual or auto: who answers the checkpoints (default: manual)")
    parser.add_argument("--home", default=".airflow", help="where Airflow keeps its database and logs (default: .airflow)")
    return parser


def check_port(port: int) -> None:
    """Raise Refused when something listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Refused(
                f"PORT: port {port} can't be used ({error.strerror}). Choose another: make run PORT={port + 1 if port < 65535 else 8081}"
            ) from None


def _request(values: dict[str, str]) -> dict[str, Any]:
    try:
        request = accept(values)
    except RequestInvalid as error:
        raise Refused(re.sub(r"^(\w+):", lambda m: f"{_NAMES.get(m[1], m[1])}:", str(error), flags=re.MULTILINE)) from None
    return {name: getattr(request, name) for name in ("target", "out", "approval", "business_context") if getattr(request, name)}


def _port(value: str) -> int:
    if not (value.isdecimal() and 1024 <= int(value) <= 65535):
        raise Refused(f"PORT: {value} is no port. Choose a number from 1024 to 65535: make run PORT=8081")
    return int(value)
