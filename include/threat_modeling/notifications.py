"""Who is told of a session, when and how; the Airflow shell sends. Connections hold hosts and secrets, never this file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from threat_modeling.model import Model

Moment = Literal["waiting", "failed", "finished"]
ConnectionId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.][A-Za-z0-9_.-]*$", max_length=250)]
Address = Annotated[str, StringConstraints(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$", max_length=254)]


class Smtp(Model):
    """Mail over an Airflow connection of type smtp."""

    connection: ConnectionId
    to: tuple[Address, ...] = Field(min_length=1)


class Slack(Model):
    """A message in a channel, over an Airflow connection of type slack."""

    connection: ConnectionId
    channel: Annotated[str, StringConstraints(pattern=r"^[#@]?[\w.-]+$", max_length=80)]


class Webhook(Model):
    """A POST of JSON to the address of an Airflow connection of type http."""

    connection: ConnectionId


class Notifications(Model):
    """`on`: waiting, a checkpoint asks a person; failed, the session ended without its result; finished, it ended with one.

    A question that waits is told again every `remind_hours`; 0 tells it once.
    """

    on: tuple[Moment, ...] = Field(default=("waiting", "failed", "finished"), min_length=1)
    smtp: Smtp | None = None
    slack: Slack | None = None
    webhook: Webhook | None = None
    remind_hours: Annotated[float, Field(ge=0, le=8760)] = 24

    @model_validator(mode="after")
    def _somewhere(self) -> Notifications:
        if not (self.smtp or self.slack or self.webhook):
            raise ValueError("names nobody to tell; give smtp, slack or webhook")
        return self
