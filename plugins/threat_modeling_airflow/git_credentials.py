"""Credentials of git repositories, from Airflow connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

if TYPE_CHECKING:
    from collections.abc import Callable

    from threat_modeling.source.address import Address
    from threat_modeling.source.confined_git import Credentials


def credentials_of(connection_id: str | None) -> Callable[[Address], Credentials | None]:
    """What a connection holds, for an address: login and password, or the extra fields private_key and known_hosts.

    RequestInvalid where there is no such connection, or where it is for another host: else a form could send any connection's password
    to any host.
    """

    def found(place: Address) -> Credentials | None:
        from threat_modeling.errors import RequestInvalid  # noqa: PLC0415 - loaded when the task runs, not when the DAG is parsed
        from threat_modeling.source.confined_git import Credentials  # noqa: PLC0415
        from threat_modeling.source.places import Places  # noqa: PLC0415

        if not connection_id:
            return None
        try:
            connection = Connection.get(connection_id)
        except AirflowNotFoundException:
            raise RequestInvalid(f"git_connection: there is no connection {connection_id!r}; create it, or correct its id") from None
        if not connection.host or not Places.of([connection.host]).allow_address(place):
            remedy = f"name one whose host is {place.host}, or set its host so"
            raise RequestInvalid(f"git_connection: the connection {connection_id!r} is not for {place.host}; {remedy}")
        extra = connection.extra_dejson
        return Credentials(
            login=connection.login or "",
            password=connection.password or "",
            private_key=str(extra.get("private_key") or ""),
            known_hosts=str(extra.get("known_hosts") or ""),
        )

    return found
