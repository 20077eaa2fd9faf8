"""Request bodies that go into a record whole, and fields that decide on privileges taken from the body.

CWE-915. A body that a schema has narrowed (a validated form, a declared model of the framework without privileged fields) is not whole;
a route that checks a role may set privileged fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.flow import whole_body
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import is_privileged, is_settled
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Site
    from threat_modeling.codebase.handlers.origins import Origins
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "mass-assignment", "Caller decides which fields of a record are written", "CWE-915", "mass-assignment", ControlCategory.INPUT_VALIDATION
)
_PICKING: Final = frozenset({"pick", "only", "omit", "pluck", "cleaned_data", "validated_data", "whitelist", "allowlist", "permitted"})


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler: a privileged field first, then a whole body."""
    for app in applications(project, routes):
        for handler in app.handlers:
            if handler.authorized:
                continue
            if (privileged := _privileged(handler)) is not None:
                message = f"{handler.name} writes {privileged[0]}, which decides on privileges, as the request body says; no role is checked."
                yield present(app, handler, KIND, message, privileged[1], confidence=Confidence.HIGH, source=f"body {privileged[0]}")
            elif (settled := _settled(handler)) is not None:
                message = f"{handler.name} writes {settled[0]}, which the business decides on, as the request body says; no role is checked."
                yield present(app, handler, KIND, message, settled[1], source=f"body {settled[0]}")
            elif (site := _whole(handler)) is not None:
                message = f"{handler.name} writes the request body into a record as it comes, so that the caller chooses the fields."
                yield present(app, handler, KIND, message, site, source="body")
            elif handler.facts.overrides:
                message = f"{handler.name} lays the request body over values it took from the caller's identity, so that the caller can replace them."
                yield present(app, handler, KIND, message, handler.facts.overrides[0], source="body")


def _privileged(handler: Summary) -> tuple[str, Site] | None:
    """A privileged field that is read from the body and written under a privileged name."""
    asked = {read.field for read in handler.facts.reads if read.source == "body" and is_privileged(read.field)}
    if not asked:
        return None
    for access in handler.facts.accesses:
        if access.operation in {"create", "write"}:
            for name, _ in access.values:
                if name in asked:
                    return name, access.site
    for write in handler.facts.writes:
        if write.field in asked and any(origin.kind == "record" for origin in write.holder):
            return write.field, write.site
    return None


def _settled(handler: Summary) -> tuple[str, Site] | None:
    """A field of a record of trade that is not new, written with a value of the body."""
    for write in handler.facts.writes:
        from_body = any(origin.kind == "request" and origin.source == "body" for origin in write.value)
        if from_body and any(origin.kind == "record" and is_settled(origin.source, write.field) for origin in write.holder):
            return write.field, write.site
    return None


def _whole(handler: Summary) -> Site | None:
    if handler.facts.names & _PICKING:
        return None
    for access in handler.facts.accesses:
        if access.operation in {"create", "write"} and whole_body(access.whole):
            return access.site
    for call in handler.facts.calls:
        last = call.name.rpartition(".")[2]
        if last == "setattr" and len(call.positional) > 1 and whole_body(call.positional[1]) and _record(call.positional[0]):
            return call.site
        if last == "assign" and whole_body(call.arguments) and _record(call.arguments):
            return call.site
        if last == "update" and whole_body(call.arguments) and _record(call.receiver):
            return call.site
    return None


def _record(origins: Origins) -> bool:
    return any(origin.kind == "record" for origin in origins)
