"""Records picked by an id or a name of the request, of a kind that belongs to somebody, with no look at who asks.

CWE-639. Also new records whose author the body names. Silent where the query itself is bound to the caller, where anything of the record
or request is compared with the caller's identity, where a role is checked, where records of that kind belong to nobody, and on
administrative routes (CWE-862).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.checks.missing_authentication import sensitive
from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present, searched
from threat_modeling.codebase.handlers.vocabulary import Purpose, entity, has, is_owner, is_password, is_person, words
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
_ELSEWHERE: Final = frozenset({Purpose.ADMIN, Purpose.LOGIN, Purpose.REGISTER, Purpose.RESET, Purpose.OTP, Purpose.LOGOUT})
_SEARCHING: Final = frozenset(
    {"q", "search", "term", "page", "limit", "offset", "sort", "order", "filter", "category", "status", "lang", "token", "code", "captcha", "coupon"},
)
_KEYS: Final = frozenset({"id", "uuid", "pk", "number", "no"})
_AUTHOR: Final = frozenset({"creator", "owner", "author", "sender"})
_RANK: Final = {"delete": 0, "write": 1, "read": 2}


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler, at its worst access: deletion before change before reading."""
    for app in applications(project, routes):
        private = _private(app)
        owned = private | {kind for kind, model in app.models.items() if model.owned and app.owns(model.path)}
        for handler in app.handlers if app.authenticates else ():
            if handler.purposes & _ELSEWHERE or handler.authorized or sensitive(handler) or _compared(handler):
                continue
            kinds = owned if handler.authenticated else private
            picked = [
                access for access in handler.facts.accesses if _picked(access) and _own_key(access) and (access.entity in kinds or _by_owner(access))
            ]
            exposed = [access for access in picked if _used(handler, access)]
            if exposed:
                yield _weakness(app, handler, min(exposed, key=lambda access: _RANK[access.operation]))
            elif (claimed := _claimed(handler)) is not None:
                field, access = claimed
                message = f"{handler.name} makes a {access.entity} whose {field} is whoever the request names, not the caller."
                yield present(app, handler, KIND, message, access.site, source=f"body {field}")


def _weakness(app: Application, handler: Summary, access: Access) -> Weakness:
    reference = _picked(access)[0]
    deed = {"delete": "deletes", "write": "changes", "read": "shows"}[_deed(handler, access)]
    message = (
        f"{handler.name} {deed} the {access.entity} that {reference.source} value {reference.field} picks, whoever it belongs to. "
        f"{searched(handler, 'a query bound to the caller or a comparison with the caller')}"
    )
    confidence = Confidence.LOW if not handler.authenticated else Confidence.HIGH if deed != "shows" else Confidence.MEDIUM
    return present(app, handler, KIND, message, access.site, confidence=confidence, source=f"{reference.source} {reference.field}".strip())


def _claimed(handler: Summary) -> tuple[str, Access] | None:
    """A new record whose author comes from the body although the caller is known."""
    for access in handler.facts.accesses if handler.authenticated else ():
        for field, origins in access.values if access.operation == "create" else ():
            named = not _AUTHOR.isdisjoint(words(field)) and not is_person(access.entity)
            body = any(origin.kind == "request" and origin.source == "body" for origin in origins)
            if named and body and not any(origin.kind == "identity" for origin in origins):
                return field, access
    return None


def _private(app: Application) -> frozenset[str]:
    """The kinds of records that describe people, or that the application somewhere binds to the caller: in a query or by a comparison."""
    accesses = [access for handler in app.handlers for access in handler.facts.accesses]
    bound = {access.entity for access in accesses if any(origin.kind == "identity" for origin in access.selected_by)}
    bound |= {origin.source for handler in app.handlers for other in _met(handler) for origin in _records(other) if origin.field}
    return frozenset(bound | {access.entity for access in accesses if is_person(access.entity)})


def _own_key(access: Access) -> bool:
    """Whether the record itself or its owner is named, and not just something it refers to (the reviews of a product)."""
    foreign = [key for key in access.keys if words(key)[-1:] == ("id",) and len(words(key)) > 1 and entity(key[:-2]) != access.entity]
    own = [key for key in access.keys if key not in foreign and not key.startswith("$")]
    return bool(own) or any(is_owner(key) for key in foreign) or not access.keys


def _by_owner(access: Access) -> bool:
    return any(is_owner(key) for key in access.keys) and any(is_owner(origin.field) for origin in _picked(access))


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
        and (not has(origin.field, _SEARCHING) or words(origin.field)[-1] in _KEYS)
        and not is_password(origin.field)
    ]


def _deed(handler: Summary, access: Access) -> str:
    changed = (write for write in handler.facts.writes if any(origin.kind == "request" for origin in write.value))
    written = any(origin.source == access.entity for write in changed for origin in _records(write.holder))
    stored = not handler.facts.names.isdisjoint({"commit", "save", "flush", "merge", "put"})
    return "write" if access.operation == "read" and written and stored else access.operation


def _used(handler: Summary, access: Access) -> bool:
    """Whether the record is changed or shown, and not merely asked for its existence."""
    shown = {origin.source for response in handler.facts.responses for origin in _records(response.origins)}
    return _deed(handler, access) != "read" or access.entity in shown


def _records(origins: Origins) -> Iterator[Origin]:
    return (origin for origin in origins if origin.kind == "record")


def _compared(handler: Summary) -> bool:
    """Whether the caller's identity meets a value of the request or of a record."""
    return any(origin.kind in {"request", "record"} for other in _met(handler) for origin in other)


def _met(handler: Summary) -> Iterator[Origins]:
    """What the caller's identity is compared with."""
    for comparison in (found for found in handler.facts.comparisons if found.equality):
        for one, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
            if any(origin.kind == "identity" for origin in one):
                yield other
