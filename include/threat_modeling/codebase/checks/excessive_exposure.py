"""Responses that show passwords or other secrets of a record, by name or because the whole record is turned into JSON.

CWE-200.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import is_password, is_person, is_secret
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.facts import Response
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("excessive-exposure", "Response shows secrets of a record", "CWE-200", "sensitive-data-exposure", ControlCategory.OUTPUT_ENCODING)
_HIDING: Final = frozenset({"exclude", "omit", "only", "response_model", "attributes", "select", "defer", "toSafeObject", "sanitize"})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that sends secrets of a record back."""
    for app in applications(project, routes):
        for handler in app.handlers:
            found = shown(app, handler)
            if found is not None:
                whom = "the caller" if handler.authenticated else "anybody"
                yield present(app, handler, KIND, f"{handler.name} sends {', '.join(found[1])} back to {whom}.", found[0].site)


def shown(app: Application, handler: Summary) -> tuple[Response, list[str]] | None:
    """The first response of a handler that shows secrets, and their names; None where there is none."""
    for response in handler.facts.responses:
        if names := _secrets(app, handler, response):
            return response, names
    return None


def _secrets(app: Application, handler: Summary, response: Response) -> list[str]:
    """The secret fields of records that a response shows, as `entity.field`, sorted."""
    records = [origin for origin in sorted(response.origins) if origin.kind == "record"]
    named = [f"{o.source}.{o.field}" for o in records if is_password(o.field) or (is_person(o.source) and is_secret(o.field))]
    if named or handler.facts.names & _HIDING:
        return named
    plain = "" if _whole(handler, response) else "*"
    models = [app.models[o.source] for o in records if o.field in {"*", plain} and o.source in app.models]
    return sorted({f"{model.entity}.{field}" for model in models for field in model.password_fields})


def _whole(handler: Summary, response: Response) -> bool:
    """Whether records in a response are sent as they are."""
    if handler.route.framework == "fastapi":
        declared = handler.function.returns is not None or any(
            keyword.name == "response_model" for decorator in handler.function.decorators for keyword in getattr(decorator, "keywords", ())
        )
        return not declared
    return response.serialized
