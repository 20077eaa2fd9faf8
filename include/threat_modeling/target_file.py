"""A target file: a session's request with a schedule, who may answer, and whom to tell. One YAML file, one DAG."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from threat_modeling.errors import TargetFileInvalid
from threat_modeling.model import Model
from threat_modeling.notifications import Notifications
from threat_modeling.request import Line, SessionRequest
from threat_modeling.source.address import is_address
from threat_modeling.source.places import absolute

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 100_000
NAME = re.compile(r"^[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$")
_PATHS = ("target", "business_context")
_BOOL = "tag:yaml.org,2002:bool"


class _Loader(yaml.SafeLoader):
    """YAML in which only true and false are truth values, so that the key `on` is itself."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as the base class has it
        first: [one for one in resolvers if one[0] != _BOOL] for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), list("tf"))


def _cron(value: str) -> str:
    if len(value.split()) != 5:
        raise ValueError(f"{value!r} has not the five fields minute, hour, day, month, weekday; write it like 30 3 * * 1-5")
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{value!r} is no time zone; write it like Europe/Berlin or UTC") from None
    return value


class Schedule(Model):
    """When a target is scanned again, and whether also when it has not changed."""

    cron: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_cron)]
    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    unchanged: Literal["rescan", "skip"] = "rescan"
    """skip ends a scheduled run early, as skipped, while the target's revision and this file are those of the last complete session."""


class TargetFile(SessionRequest):
    """Every field of the trigger form, and these."""

    schedule: Schedule | None = Field(default=None)
    """None: the DAG runs when it is triggered."""
    approvers: tuple[Line, ...] = Field(default=())
    """Airflow's users who may answer the checkpoints; empty: everyone who may edit the DAG's runs."""
    notifications: Notifications | None = Field(default=None)

    def request(self) -> dict[str, Any]:
        """The fields of the form that the file gives, as plain JSON values."""
        given = self.model_fields_set & set(SessionRequest.model_fields)
        return {name: value for name, value in self.dump().items() if name in given}


def load(file: Path) -> TargetFile:
    """The target file; relative paths in it start at its folder. TargetFileInvalid names the file, each wrong field and the remedy."""
    if not NAME.match(file.stem):
        raise TargetFileInvalid(f"{file.name}: the name becomes the DAG's; use lower-case letters, digits, - and _ only")
    if file.suffix != ".yaml":
        raise TargetFileInvalid(f"{file.name}: rename it to {file.stem}.yaml")
    try:
        content = file.read_bytes()
        if len(content) > MAX_BYTES:
            raise TargetFileInvalid(f"{file.name}: is larger than {MAX_BYTES:,} bytes; a target file is a few lines")
        values = yaml.load(content, _Loader)  # noqa: S506 - a safe loader
    except OSError as error:
        raise TargetFileInvalid(f"{file.name}: can't be read ({error.strerror}); give read permission on it") from None
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:  # a tag on what it does not fit
        raise TargetFileInvalid(f"{file.name}: is no YAML: {' '.join(str(error).split())[:300]}") from None
    if not isinstance(values, dict):
        raise TargetFileInvalid(f"{file.name}: holds no fields; begin with the line target: FOLDER or URL")
    try:
        return TargetFile.model_validate(_whole(values, file.parent.absolute()))
    except ValidationError as error:
        raise TargetFileInvalid("\n".join(f"{file.name}: {line}" for line in readable(error))) from None


def target_files(folder: Path) -> list[Path]:
    """The target files of a folder, by name. A file that ends in .yml is one of them, and `load` refuses it by its name."""
    return sorted(path for path in folder.glob("*.y*ml") if path.suffix in {".yaml", ".yml"})


def readable(error: ValidationError) -> list[str]:
    """One line a problem: the field, what is wrong with it, and the remedy."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        field = ".".join(str(part) for part in problem["loc"]) or "the file"
        text = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            text = "there is no such field; correct or remove it"
        elif problem["type"] == "missing":
            text = "is missing; give it"
        lines.append(f"{field}: {text}")
    return lines


def _whole(values: dict[Any, Any], folder: Path) -> dict[str, Any]:
    fields = {str(name): value for name, value in values.items()}
    for name in _PATHS:
        value = fields.get(name)
        if isinstance(value, str) and value.strip() and not is_address(value):
            fields[name] = os.path.normpath(absolute(value, folder))
    return fields
