"""Where a value of a handler comes from: the caller's request, the identity the caller proved, a stored record, an error.

The names are those of the frameworks (Flask, FastAPI, Django, aiohttp, connexion, Express), written once for every language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from threat_modeling.codebase.handlers.vocabulary import words

Kind = Literal["request", "identity", "record", "error"]


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a value comes from.

    `source` is the place in a request ("*" the request object, path, query, body, header, cookie, file), the way an identity came
    (session, cookie, header, token), the entity of a record, or the type of an error; `field` is "" for the whole of it,
    "*" for a record written out with all of its fields, and for a body that a declared class has narrowed to its fields.
    """

    kind: Kind
    source: str = ""
    field: str = ""


Origins = frozenset[Origin]
NONE: Final[Origins] = frozenset()
REQUEST: Final = Origin("request", "*")

REQUEST_NAMES: Final = frozenset({"request", "req", "ctx"})
CONTAINERS: Final = {
    **dict.fromkeys(("form", "json", "get_json", "data", "get_data", "POST", "body", "values", "rawBody", "post", "payload"), "body"),
    **dict.fromkeys(("args", "GET", "query", "query_params", "querystring", "query_string"), "query"),
    **dict.fromkeys(("params", "path_params", "match_info", "view_args"), "path"),
    **dict.fromkeys(("headers", "META", "header"), "header"),
    **dict.fromkeys(("cookies", "COOKIES", "signedCookies"), "cookie"),
    **dict.fromkeys(("files", "FILES", "file"), "file"),
}
IDENTITIES: Final = {
    **dict.fromkeys(("user", "auth", "userId", "user_id", "currentUser", "current_user", "principal", "identity", "account", "token"), "token"),
    **dict.fromkeys(("session",), "session"),
}
_METHODS: Final = frozenset(
    {
        "get",
        "getlist",
        "getAll",
        "getall",
        "get_json",
        "json",
        "dict",
        "copy",
        "items",
        "values",
        "to_dict",
        "model_dump",
        "pop",
        "form",
        "text",
        "read",
    }
    | {"cleaned_data", "validated_data", "strip", "keys", "multi_items", "data", "toObject", "toJSON", "toString", "trim", "setdefault", "as_dict"},
)
_PASSING: Final = frozenset({"cleaned_data", "validated_data", "validated"})
_RECORD_PASSING: Final = _METHODS | {
    *("first", "all", "one", "one_or_none", "scalar", "scalars", "fetchone", "fetchall", "fetchmany", "mappings", "unique", "lean", "exec", "rows"),
    *("filter", "filter_by", "order_by", "limit", "offset", "query", "objects", "session", "then", "dataValues", "__dict__", "as_json", "serialize"),
}
SERIALIZERS: Final = frozenset(
    {"jsonify", "dumps", "dict", "list", "tuple", "map", "sorted", "reversed", "serialize", "model_to_dict", "jsonable_encoder", "to_dict", "toJSON"}
    | {
        "JsonResponse",
        "JSONResponse",
        "Response",
        "HttpResponse",
        "make_response",
        "stringify",
        "queryResultToJson",
        "vars",
        "asdict",
        "loads",
        "parse",
    }
    | {
        "to_json",
        "as_dict",
        "model_dump",
        "toObject",
        "json",
        "send",
        "set",
        "str",
        "from_orm",
        "model_validate",
        "get",
        "json_response",
        "resolve",
        "zip",
        "render",
        "render_template",
        "TemplateResponse",
    },
)
"""Calls that give back what they were given, in another form."""

WRITING_OUT: Final = frozenset(
    {"serialize", "dumps", "jsonify", "model_to_dict", "JsonResponse", "JSONResponse", "vars", "asdict", "jsonable_encoder"}
)
"""Those among them that write a record out with all of its fields."""

_CREDENTIAL = re.compile(r"authori[sz]ation|bearer|access[-_]?token|auth[-_]?token|api[-_]?key|x[-_]access|x[-_]auth|x[-_]user", re.IGNORECASE)
_SESSION_COOKIE = frozenset(
    {"session", "sessionid", "sess", "sid", "token", "auth", "jwt", "user", "username", "userid", "uid", "login", "remember", "account", "identity"},
)
_NEUTRAL_COOKIE = frozenset({"csrf", "xsrf", "lang", "language", "locale", "theme", "consent", "csrftoken", "tz", "timezone"})
_NEUTRAL_SESSION = frozenset({"captcha", "csrf", "flash", "cart", "lang", "language", "locale", "next", "messages", "oauth", "state", "nonce"})
_IDENTITY_WORDS = frozenset({"current", "logged", "authenticated", "authorized", "authorised"})
_PERSON_WORDS = frozenset(
    {
        "user",
        "users",
        "account",
        "identity",
        "member",
        "principal",
        "customer",
        "session",
        "token",
        "request",
        "userid",
        "superuser",
        "admin",
        "active",
    }
)
_TOKEN_WORDS = frozenset({"token", "jwt", "bearer", "session", "auth", "authorization", "apikey", "credentials", "cookie"})
_CHECK_WORDS = frozenset(
    {"check", "verify", "validate", "validator", "decode", "decoded", "require", "required", "load", "parse", "get", "from", "read"}
)
IDENTITY_CALLS: Final = frozenset(
    {"get_jwt_identity", "get_jwt", "get_jwt_claims", "verify_jwt_in_request", "current_identity", "authorized_userid", "check_authorized"}
    | {"get_session", "getServerSession", "verify_id_token", "verifyIdToken", "getToken", "isAuthenticated", "is_authenticated"},
)
IDENTITY_QUALIFIED: Final = frozenset(
    {"jwt.decode", "jwt.verify", "jsonwebtoken.verify", "jsonwebtoken.decode", "jose.jwt.decode", "jws.verify", "jws.decode", "jose.jwtVerify"}
    | {"jwtDecode", "jwt_decode", "authlib.jose.jwt.decode"},
)


def identity(source: str) -> Origin:
    """An identity that came by session, cookie, header or token."""
    return Origin("identity", source)


def narrow(origins: Origins, name: str) -> Origins:
    """The origins of `value.name` and `value["name"]`, from those of the value."""
    if not origins:
        return NONE
    return frozenset(found for origin in origins if (found := _narrowed(origin, name)) is not None)


def _narrowed(origin: Origin, name: str) -> Origin | None:
    if origin.kind == "request":
        return _request(origin, name)
    if origin.kind == "record" and origin.field in {"", "*"} and name not in _RECORD_PASSING:
        return replace(origin, field=name)
    if origin.kind == "identity" and origin.source == "session" and not _NEUTRAL_SESSION.isdisjoint(words(name)):
        return None
    return origin


def _request(origin: Origin, name: str) -> Origin | None:
    if origin.source == "*":
        return _container(name)
    if name in _PASSING or (origin.field and origin.source != "body"):
        return origin
    if origin.source == "header":
        return identity("header") if _CREDENTIAL.search(name) else replace(origin, field=name)
    if origin.source == "cookie" and not _SESSION_COOKIE.isdisjoint(words(name)) and _NEUTRAL_COOKIE.isdisjoint(words(name)):
        return identity("cookie")
    return replace(origin, field=name)


def _container(name: str) -> Origin | None:
    if name in CONTAINERS:
        return Origin("request", CONTAINERS[name])
    if name in IDENTITIES:
        return identity(IDENTITIES[name])
    return REQUEST if name in REQUEST_NAMES else None


def fetched(origins: Origins, method: str, key: str) -> Origins:
    """The origins of `value.get("key")`: on a request object the method names the container (`req.header("x")`, `req.param("id")`)."""
    if REQUEST not in origins:
        return narrow(origins, key)
    containers = {"get": "header", "header": "header", "param": "query", "input": "body"}
    if method not in containers:
        return NONE
    return narrow(frozenset({Origin("request", containers[method])}), key)


def names_identity(name: str) -> bool:
    """Whether a function's or dependency's name says that it tells who the caller is (`get_current_user`, `token_required`)."""
    last = name.rpartition(".")[2].removesuffix("()")
    own = frozenset(words(last))
    if last in IDENTITY_CALLS:
        return True
    path = frozenset(words(name))
    if _IDENTITY_WORDS & path and _PERSON_WORDS & path:
        return True
    return bool(_TOKEN_WORDS & own and _CHECK_WORDS & own) or bool({"user", "identity"} & own and "token" in own and _CHECK_WORDS & own)


def requires_identity(name: str) -> bool:
    """Whether a decorator's, middleware's or dependency's name says that it turns away callers without an identity."""
    own = frozenset(words(name))
    if names_identity(name) or ({"login", "auth", "jwt", "authentication", "authenticated"} & own and {"required", "require", "only"} & own):
        return True
    named = {"authenticate", "authenticated", "authorize", "authorized", "protected", "protect", "authguard", "passport", "expressjwt", "denyall"}
    return bool(named & own) or bool({"is", "ensure", "deny", "check"} & own and {"auth", "logged", "all", "login"} & own)
