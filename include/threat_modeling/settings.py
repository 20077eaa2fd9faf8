"""What a deployment sets, in one place: the environment variables that begin with THREAT_MODELING_ (docs/configuration.md)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StringConstraints, ValidationError

from threat_modeling.errors import SettingsInvalid
from threat_modeling.model import Model
from threat_modeling.request import SESSIONS_ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "THREAT_MODELING_"


class Settings(Model):
    """One field per variable: `sessions_root` is THREAT_MODELING_SESSIONS_ROOT. A variable that is unset or empty keeps the default."""

    sessions_root: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4096)] = Field(
        default=SESSIONS_ROOT,
        description="Where sessions are written when a request does not say; workers and API server must both see it.",
    )


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process. Raises SettingsInvalid, which names the variable and the remedy."""
    given = {name: value for name in Settings.model_fields if (value := environment.get(f"{PREFIX}{name.upper()}", "").strip())}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        wrong = "; ".join(f"{PREFIX}{str(one['loc'][0]).upper()}: {one['msg']}" for one in error.errors())
        raise SettingsInvalid(f"{wrong}. Correct it in the environment of every Airflow component and restart them.") from None
