"""Tells people of a session: by mail and Slack through Airflow's notifiers, and by a POST to an address of theirs.

A message says which question waits or how a session ended, and where to look. It quotes no code and is rendered as no template: what it
holds comes from the target. A message that can't be sent is logged and noted in the session; nothing is held up by it, and nothing is
ever approved because nobody answered.
"""

from __future__ import annotations

import html
import logging
from typing import TYPE_CHECKING, Any

from airflow.sdk import Connection
from airflow.sdk.configuration import conf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from threat_modeling.notifications import Moment, Notifications, Slack, Smtp, Webhook
    from threat_modeling.session import Session

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 15


def tell(settings: Mapping[str, Any] | None, moment: Moment, subject: str, path: str, session: Session | None = None) -> list[str]:
    """Send one message over every way that the settings name for this moment; returns what could not be sent, in words.

    `path` is the page of Airflow to look at, below its base address.
    """
    from threat_modeling.notifications import Notifications  # noqa: PLC0415 - loaded when a task runs, not when the DAG is parsed

    if not settings:
        return []
    wanted = Notifications.model_validate(settings)
    if moment not in wanted.on:
        return []
    link = conf.get("api", "base_url", fallback="http://localhost:8080").rstrip("/") + path
    message = {"moment": moment, "subject": f"Threat model: {' '.join(subject.split())}", "link": link, "session": session.id if session else ""}
    failed = [f"{way}: {reason}" for way, send in _ways(wanted) if (reason := _attempt(send, message))]
    for reason in failed:
        log.error("Could not tell of %r over %s", subject, reason)
        if session:
            session.note("open", "session", f"nobody was told over {reason}")
    return failed


def _ways(wanted: Notifications) -> list[tuple[str, Callable[[dict[str, str]], None]]]:
    smtp, slack, webhook = wanted.smtp, wanted.slack, wanted.webhook
    ways: list[tuple[str, Callable[[dict[str, str]], None]]] = []
    if smtp:
        ways.append(("smtp", lambda message: _mail(smtp, message)))
    if slack:
        ways.append(("slack", lambda message: _slack(slack, message)))
    if webhook:
        ways.append(("webhook", lambda message: _post(webhook, message)))
    return ways


def _attempt(send: Callable[[dict[str, str]], None], message: dict[str, str]) -> str | None:
    try:
        send(message)
    except Exception as error:  # noqa: BLE001 - whatever a mail or chat server does must not end a session
        return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    return None


def _mail(to: Smtp, message: dict[str, str]) -> None:
    from airflow.providers.smtp.notifications.smtp import SmtpNotifier  # noqa: PLC0415 - only who uses it needs it

    body = f'<p>{html.escape(message["subject"])}</p><p><a href="{html.escape(message["link"])}">{html.escape(message["link"])}</a></p>'
    notifier = SmtpNotifier(to=list(to.to), subject=message["subject"], html_content=body, smtp_conn_id=to.connection)
    notifier.notify({})  # not called, which would render the text as a template


def _slack(to: Slack, message: dict[str, str]) -> None:
    try:
        from airflow.providers.slack.notifications.slack import SlackNotifier  # noqa: PLC0415 - only who uses it needs it
    except ImportError:
        raise RuntimeError("install apache-airflow-providers-slack where tasks run") from None

    plain = message["subject"].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    notifier = SlackNotifier(slack_conn_id=to.connection, channel=to.channel, text=f"{plain}\n{message['link']}", timeout=TIMEOUT_SECONDS)
    send: Callable[[Any], None] = notifier.notify  # the provider has no types
    send({})


def _post(to: Webhook, message: dict[str, str]) -> None:
    import httpx  # noqa: PLC0415 - only who uses it needs it

    connection = Connection.get(to.connection)
    host = connection.host or ""
    address = host if "://" in host else f"{connection.schema or 'https'}://{host}"
    if connection.port:
        address = f"{address}:{connection.port}"
    path = str(connection.extra_dejson.get("path", ""))
    headers = {"Authorization": f"Bearer {connection.password}"} if connection.password else {}
    answer = httpx.post(address + path, json=message, headers=headers, timeout=TIMEOUT_SECONDS, follow_redirects=False)
    answer.raise_for_status()
