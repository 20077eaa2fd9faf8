"""Records picked by an id or a name of the request, of a kind that belongs to somebody, with no look at who asks.

CWE-639. Silent where the query itself is bound to the caller, where anything of the record or request is compared with the caller's
identity, where a role is checked, and where records of that kind belong to nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.checks.missing_authentication import sensitive
from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present, searched
from threat_modeling.codebase.handlers.vocabulary import Purpose, has, is_owner, is_password, is_person
from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.application import Application
    from threat_modeling.codebase.handlers.facts import Access
    from threat_modeling.codebase.handlers.origins import Origin, Origins
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind(
    "missing-object-authorization",
    "Record of another user reachable by its id",
    "CWE-639",
    "missing-object-authorization",
    ControlCategory.AUTHORIZATION,
)
_ELSEWHERE: Final = frozenset({Purpose.LOGIN, Purpose.REGISTER, Purpose.RESET, Purpose.OTP, Purpose.LOGOUT})
_SEARCHING: Final = frozenset(
    {"q", "search", "term", "page", "limit", "offset", "sort", "order", "filter", "category", "status", "lang", "token", "code", "captcha", "coupon"},
)
_RANK: Final = {"delete": 0, "write": 1, "read": 2}


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler, at its worst access: deletion before change before reading."""
    for app in applications(project, routes):
        owned = _owned(app)
        for handler in app.handlers if app.authenticates else ():
            if handler.purposes & _ELSEWHERE or handler.authorized or sensitive(handler) or _compared(handler):
                continue
            picked = [access for access in handler.facts.accesses if access.entity in owned and _picked(access)]
            exposed = [access for access in picked if _used(handler, access)]
            if exposed:
                yield _weakness(app, handler, min(exposed, key=lambda access: _RANK[access.operation]))


def _weakness(app: Application, handler: Summary, access: Access) -> Weakness:
    reference = _picked(access)[0]
    deed = {"delete": "deletes", "write": "changes", "read": "shows"}[_deed(handler, access)]
    message = (
        f"{handler.name} {deed} the {access.entity} that {reference.source} value {reference.field or 'of the request'} picks, whoever it belongs to. "
        f"{searched(handler, 'a query bound to the caller or a comparison with the caller')}"
    )
    confidence = Confidence.LOW if not handler.authenticated else Confidence.HIGH if deed != "shows" else Confidence.MEDIUM
    return present(app, handler, KIND, message, access.site, confidence=confidence, source=f"{reference.source} {reference.field}".strip())


def _owned(app: Application) -> frozenset[str]:
    """The kinds of records that belong to somebody: by their fields, or because some query of the application is bound to the caller."""
    declared = {kind for kind, model in app.models.items() if model.owned and app.owns(model.path)}
    bound = {
        access.entity
        for handler in app.handlers
        for access in handler.facts.accesses
        if any(origin.kind == "identity" for origin in access.selected_by) or any(is_owner(key) for key in access.keys)
    }
    people = {access.entity for handler in app.handlers for access in handler.facts.accesses if is_person(access.entity)}
    return frozenset(declared | bound | people)


def _picked(access: Access) -> list[Origin]:
    """The request values that select the records of an access; none where the caller's identity takes part."""
    if access.operation not in _RANK or any(origin.kind == "identity" for origin in access.selected_by):
        return []
    return [
        origin
        for origin in sorted(access.selected_by)
        if origin.kind == "request"
        and origin.source in {"path", "query", "body"}
        and origin.field
        and not has(origin.field, _SEARCHING)
        and not is_password(origin.field)
    ]


def _deed(handler: Summary, access: Access) -> str:
    written = any(origin.source == access.entity for write in handler.facts.writes for origin in _records(write.holder))
    return "write" if access.operation == "read" and written else access.operation


def _used(handler: Summary, access: Access) -> bool:
    """Whether the record is changed or shown, and not merely asked for its existence."""
    shown = {origin.source for response in handler.facts.responses for origin in _records(response.origins)}
    return _deed(handler, access) != "read" or access.entity in shown


def _records(origins: Origins) -> Iterator[Origin]:
    return (origin for origin in origins if origin.kind == "record")


def _compared(handler: Summary) -> bool:
    """Whether the caller's identity meets a value of the request or of a record."""
    for comparison in handler.facts.comparisons:
        for one, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
            if any(o.kind == "identity" for o in one) and any(o.kind in {"request", "record"} for o in other):
                return True
    return False
