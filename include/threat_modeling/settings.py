"""What a deployment sets, in one place: the environment variables that begin with THREAT_MODELING_ (docs/configuration.md)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError

from threat_modeling.errors import SettingsInvalid
from threat_modeling.model import Model
from threat_modeling.request import SESSIONS_ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "THREAT_MODELING_"

_HOST = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
_PLACE = re.compile(rf"^(?:[/~].*|(?:(?:https|ssh)://{_HOST}|(?=[^/]*\.){_HOST})(?::\d{{1,5}})?(?:/[A-Za-z0-9._~/-]*)?)$")


def _place(value: str) -> str:
    if not _PLACE.match(value):
        raise ValueError(f"{value!r} is no absolute folder, host or https:// or ssh:// address")
    return value


def _split(value: Any) -> Any:
    """One entry a line, or separated by commas on a single line."""
    return [part.strip() for part in value.split("\n" if "\n" in value else ",") if part.strip()] if isinstance(value, str) else value


class Settings(Model):
    """One field per variable: `sessions_root` is THREAT_MODELING_SESSIONS_ROOT. A variable that is unset or empty keeps the default."""

    sessions_root: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096)] = Field(
        default=SESSIONS_ROOT,
        description="Where sessions are written when a request does not say; workers and API server must both see it.",
    )
    allowed_targets: Annotated[tuple[Annotated[str, AfterValidator(_place)], ...], BeforeValidator(_split)] = Field(
        default=(),
        description="What targets may come from, separated by commas: folders (/srv/checkouts), hosts (github.com) and addresses "
        "(https://github.com/acme/). Everything else is refused, and so is everything while this is empty.",
    )
    target_files: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096)] = Field(
        default="include/targets",
        description="The folder of target files, one YAML file per scheduled target.",
    )
    git_minutes: Annotated[float, Field(gt=0, le=1440)] = Field(default=10, description="How many minutes a clone may take.")
    git_megabytes: Annotated[int, Field(gt=0)] = Field(default=2000, description="How many megabytes a clone may hold.")
    git_files: Annotated[int, Field(gt=0)] = Field(default=200_000, description="How many files a clone may hold.")
    git_plain_http: bool = Field(default=False, description="Also allow http, and that to 127.0.0.1 only; for tests.")
    keep_days: Annotated[int, Field(gt=0)] = Field(default=365, description="For how many days the clean-up keeps a session.")
    keep_sessions: Annotated[int, Field(gt=0)] = Field(default=20, description="How many sessions of a target the clean-up keeps.")


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises SettingsInvalid, which names the variable and the remedy."""
    given = {name: value for name in Settings.model_fields if (value := environment.get(f"{PREFIX}{name.upper()}", "")).strip()}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        wrong = "; ".join(f"{PREFIX}{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors())
        raise SettingsInvalid(f"{wrong}. Correct it in the environment of every Airflow component and restart them.") from None
