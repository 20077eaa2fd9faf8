"""The first task of a session: checks the request again, fetches the target, and makes the session's folder."""

from __future__ import annotations

from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.bases.skipmixin import SkipMixin
from airflow.sdk.exceptions import AirflowFailException

from threat_modeling_airflow.git_credentials import credentials_of
from threat_modeling_airflow.names import DAG_ID, PACKAGE, SETUP
from threat_modeling_airflow.recovery import RETRIES
from threat_modeling_airflow.scan_memory import last_scan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from airflow.sdk import Context

    from threat_modeling_airflow.scan_memory import Memory


SKIPPED = "skipped"
"""XCom of the task: why nothing was scanned."""


class SetupSession(BaseOperator, SkipMixin):
    """Returns the session's folder. A call over REST may send unknown fields, so nothing of the form is trusted here.

    `given` are the fields of a target file in the folder `trusted`, which leave nothing to the form; None takes the form. `remember`
    says whether scheduled runs are skipped while the target is unchanged.
    """

    inherits_from_skipmixin = True
    template_fields = ()
    """None: what a target file says is no template."""

    def __init__(self, *, given: Mapping[str, Any] | None = None, trusted: Path | None = None, remember: Memory | None = None, **kwargs: Any) -> None:
        inlets = [remember.asset] if remember else []
        super().__init__(task_id=SETUP, retries=RETRIES, retry_delay=timedelta(seconds=10), inlets=inlets, **kwargs)
        self.given = given
        self.trusted = trusted
        self.remember = remember

    def execute(self, context: Context) -> str | None:
        """Make the session, or return the one that an earlier try made. Where nothing has changed, skip all that follows and say so."""
        from threat_modeling.errors import RequestInvalid, SettingsInvalid, TargetUnchanged  # noqa: PLC0415 - loaded when the task runs
        from threat_modeling.recovery import resume  # noqa: PLC0415
        from threat_modeling.request_check import accept  # noqa: PLC0415
        from threat_modeling.settings import settings  # noqa: PLC0415
        from threat_modeling.start import start  # noqa: PLC0415
        from threat_modeling_airflow.check import api_server, findings  # noqa: PLC0415

        if missing := [str(one) for one in findings((api_server,)) if one.blocking]:  # else answers would be lost, hours from now
            raise RuntimeError(f"No session can run here. {' '.join(missing)}. Then clear this task.")
        run = context["dag_run"]
        skips = bool(self.remember and self.remember.skip_unchanged)
        scheduled = str(getattr(run.run_type, "value", run.run_type)) == "scheduled"
        try:
            rules = settings()
            request = accept(self._values(context), rules, trusted=self.trusted)
            own = {"dag_id": context["dag"].dag_id, "run_id": context["run_id"]}
            if request.resume:
                return str(resume(request, own).path)
            session = start(
                request,
                own,
                rules,
                {name: version(name) for name in ("apache-airflow", PACKAGE)},
                credentials=credentials_of(request.git_connection),
                remember=skips,
                skip_if=last_scan(context, self.remember.asset) if self.remember and skips and scheduled else None,
            )
        except (RequestInvalid, SettingsInvalid) as error:
            raise AirflowFailException(f"The request is refused. {error}") from None
        except TargetUnchanged as unchanged:
            self.log.info("%s", unchanged)
            context["ti"].xcom_push(key=SKIPPED, value=str(unchanged))
            self.skip(context["ti"], self.get_flat_relatives(upstream=False))
            return None  # skip ends the task
        except (OSError, PackageNotFoundError) as error:
            remedy = "On this worker, `python -m threat_modeling_airflow.check` names what is missing"
            raise RuntimeError(f"The session can't be made: {error}. {remedy}") from error
        for _, text in session.notes("previous"):
            self.log.info("Previous session of this target: %s", text)
        return str(session.path)

    def _values(self, context: Context) -> dict[str, Any]:
        if self.given is None:
            return dict(context["params"])
        if context["dag_run"].conf:
            names = ", ".join(sorted(map(str, context["dag_run"].conf)))
            remedy = f"this DAG takes its fields from its target file; correct that, or use the DAG {DAG_ID}"
            raise AirflowFailException(f"The request is refused. {names}: {remedy}.")
        return dict(self.given)
