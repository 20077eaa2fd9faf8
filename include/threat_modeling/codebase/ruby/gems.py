"""Routes that gems register with one word: Devise, Doorkeeper, Devise Token Auth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.ruby.paths import joined, singular, text_of, texts_of
from threat_modeling.codebase.syntax import Call, Evaluate, Function, Mapping, Return, dotted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from threat_modeling.codebase.ruby.mapper import Mapper
    from threat_modeling.codebase.ruby.scope import Scope
    from threat_modeling.codebase.syntax import Expression

Entry = tuple[str, str, str, str]
"""Method, path, controller's part, action."""

_SESSIONS: Final[tuple[Entry, ...]] = (
    ("GET", "{sign_in}", "sessions", "new"),
    ("POST", "{sign_in}", "sessions", "create"),
    ("DELETE", "{sign_out}", "sessions", "destroy"),
)
_PASSWORDS: Final[tuple[Entry, ...]] = (
    ("GET", "{password}/new", "passwords", "new"),
    ("GET", "{password}/edit", "passwords", "edit"),
    ("POST", "{password}", "passwords", "create"),
    ("PATCH", "{password}", "passwords", "update"),
    ("PUT", "{password}", "passwords", "update"),
)
_REGISTRATIONS: Final[tuple[Entry, ...]] = (
    ("GET", "{registration}/cancel", "registrations", "cancel"),
    ("GET", "{registration}/{sign_up}", "registrations", "new"),
    ("GET", "{registration}/edit", "registrations", "edit"),
    ("POST", "{registration}", "registrations", "create"),
    ("PATCH", "{registration}", "registrations", "update"),
    ("PUT", "{registration}", "registrations", "update"),
    ("DELETE", "{registration}", "registrations", "destroy"),
)
_CONFIRMATIONS: Final[tuple[Entry, ...]] = (
    ("GET", "{confirmation}/new", "confirmations", "new"),
    ("GET", "{confirmation}", "confirmations", "show"),
    ("POST", "{confirmation}", "confirmations", "create"),
)
_UNLOCKS: Final[tuple[Entry, ...]] = (
    ("GET", "{unlock}/new", "unlocks", "new"),
    ("GET", "{unlock}", "unlocks", "show"),
    ("POST", "{unlock}", "unlocks", "create"),
)
_MODULES: Final = {
    "database_authenticatable": _SESSIONS,
    "recoverable": _PASSWORDS,
    "registerable": _REGISTRATIONS,
    "confirmable": _CONFIRMATIONS,
    "lockable": _UNLOCKS,
}
_UNKNOWN: Final = (*_SESSIONS, _PASSWORDS[0], _REGISTRATIONS[1], _REGISTRATIONS[3])
"""Of a model that is not there: to sign in and out, to sign up, to ask for a password."""
_NAMES: Final = {
    "sign_in": "sign_in",
    "sign_out": "sign_out",
    "sign_up": "sign_up",
    "password": "password",
    "registration": "",
    "confirmation": "confirmation",
    "unlock": "unlock",
}
_DOORKEEPER: Final[dict[str, tuple[Entry, ...]]] = {
    "authorizations": (
        ("GET", "authorize", "authorizations", "new"),
        ("POST", "authorize", "authorizations", "create"),
        ("DELETE", "authorize", "authorizations", "destroy"),
        ("GET", "authorize/native", "authorizations", "show"),
    ),
    "tokens": (
        ("POST", "token", "tokens", "create"),
        ("POST", "revoke", "tokens", "revoke"),
        ("POST", "introspect", "tokens", "introspect"),
    ),
    "token_info": (("GET", "token/info", "token_info", "show"),),
    "applications": (
        ("GET", "applications", "applications", "index"),
        ("POST", "applications", "applications", "create"),
        ("GET", "applications/new", "applications", "new"),
        ("GET", "applications/:id/edit", "applications", "edit"),
        ("GET", "applications/:id", "applications", "show"),
        ("PATCH", "applications/:id", "applications", "update"),
        ("PUT", "applications/:id", "applications", "update"),
        ("DELETE", "applications/:id", "applications", "destroy"),
    ),
    "authorized_applications": (
        ("GET", "authorized_applications", "authorized_applications", "index"),
        ("DELETE", "authorized_applications/:id", "authorized_applications", "destroy"),
    ),
}


def devise_for(mapper: Mapper, call: Call, _block: Function | None, scope: Scope) -> None:
    """`devise_for :users`: what the model's modules need, under the names that are given."""
    renamed, controllers = _texts(mapper, call.keyword("path_names")), _texts(mapper, call.keyword("controllers"))
    only, skipped = call.keyword("only"), texts_of(call.keyword("skip"), mapper.env)
    kept = texts_of(only, mapper.env) if only is not None else None
    for given in call.arguments:
        name = text_of(given, mapper.env)
        if name is None or "all" in skipped:
            continue
        path = text_of(call.keyword("path"), mapper.env)
        base = joined(mapper.placed(scope), name if path is None else path)
        modules = mapper.modules(text_of(call.keyword("class_name"), mapper.env) or singular(name))
        entries = _UNKNOWN if modules is None else [entry for module in _MODULES if module in modules for entry in _MODULES[module]]
        for method, place, part, action in entries:
            if part not in skipped and (kept is None or part in kept):
                controller = controllers.get(part, f"devise/{part}")
                mapper.add(method, joined(base, place.format(**{**_NAMES, **renamed})), (controller, action), call, scope)
        if modules and "omniauthable" in modules and "omniauth_callbacks" not in skipped:
            controller = controllers.get("omniauth_callbacks", "devise/omniauth_callbacks")
            mapper.add("ANY", joined(base, "auth/:provider"), (controller, "passthru"), call, scope)
            mapper.add("ANY", joined(base, "auth/:action/callback"), (controller, "failure"), call, scope)


def mount_devise_token_auth_for(mapper: Mapper, call: Call, _block: Function | None, scope: Scope) -> None:
    """Devise's routes as an API, with the check of a token."""
    base = joined(mapper.placed(scope), text_of(call.keyword("at"), mapper.env) or "auth")
    for method, place, part, action in (*_SESSIONS, *_PASSWORDS[1:], *_REGISTRATIONS[3:]):
        mapper.add(method, joined(base, place.format(**_NAMES)), (f"devise_token_auth/{part}", action), call, scope)
    mapper.add("GET", joined(base, "validate_token"), ("devise_token_auth/token_validations", "validate_token"), call, scope)


def use_doorkeeper(mapper: Mapper, call: Call, block: Function | None, scope: Scope) -> None:
    """Doorkeeper's provider; its block moves controllers and leaves some out."""
    own: dict[str, str] = {}
    skipped: set[str] = set()
    for inner in _calls(block):
        name = dotted(inner.callee)
        if name == "controllers":
            own.update({keyword.name: text for keyword in inner.keywords if keyword.name and (text := text_of(keyword.value, mapper.env))})
        elif name == "skip_controllers":
            skipped.update(text for given in inner.arguments for text in texts_of(given, mapper.env))
    base = joined(mapper.placed(scope), text_of(call.keyword("scope"), mapper.env) or "oauth")
    for part, entries in _DOORKEEPER.items():
        if part not in skipped:
            for method, path, controller, action in entries:
                mapper.add(method, joined(base, path), (own.get(controller, f"doorkeeper/{controller}"), action), call, scope)


def _calls(block: Function | None) -> Iterator[Call]:
    for statement in block.body if block is not None else ():
        if isinstance(statement, Evaluate | Return) and isinstance(statement.value, Call):
            yield statement.value


def _texts(mapper: Mapper, value: Expression | None) -> dict[str, str]:
    """A hash of texts."""
    entries = value.entries if isinstance(value, Mapping) else ()
    pairs = ((text_of(key, mapper.env), text_of(element, mapper.env)) for key, element in entries)
    return {key: text for key, text in pairs if key is not None and text is not None}


GEMS: Final[dict[str, Callable[[Mapper, Call, Function | None, Scope], None]]] = {
    "devise_for": devise_for,
    "mount_devise_token_auth_for": mount_devise_token_auth_for,
    "use_doorkeeper": use_doorkeeper,
}
