"""What the words of routes and fields say, whatever the application: purposes of a route, kinds of a field, entities.

A name is split into lower-case words (`resetPassword`, `reset_password` and `/reset-password` are the words reset and password);
only whole words count, and only words that any application of that kind uses.
"""

from __future__ import annotations

import itertools
import re
from enum import StrEnum
from functools import lru_cache
from typing import Final


class Purpose(StrEnum):
    """What a route is for, as far as its words and the fields it reads tell."""

    LOGIN = "login"
    REGISTER = "registration"
    RESET = "password reset"
    OTP = "one-time code"
    NEW_PASSWORD = "password change"  # noqa: S105 - the name of a purpose
    LOGOUT = "logout"
    ADMIN = "administration"
    DEBUG = "debugging"
    PUBLIC = "public by nature"


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SPLIT: Final = {
    "signin": ("sign", "in"),
    "signup": ("sign", "up"),
    "logon": ("login",),
    "passwd": ("password",),
    "pwd": ("password",),
    "chpasswd": ("change", "password"),
}

PASSWORD: Final = frozenset({"password", "passphrase", "passw", "passcode"})
CODE: Final = frozenset({"otp", "totp", "mfa", "2fa", "tfa", "twofactor", "pincode"})
SECRET: Final = PASSWORD | {"secret", "ssn", "cvv", "cvc", "apikey", "totpsecret", "salt"}
PRIVILEGED: Final = frozenset(
    {
        "admin",
        "role",
        "roles",
        "superuser",
        "staff",
        "permission",
        "permissions",
        "privilege",
        "privileges",
        "verified",
        "approved",
    },
)
TRADE: Final = frozenset(
    {"order", "payment", "invoice", "transaction", "refund", "coupon", "wallet", "account", "subscription", "loan", "purchase", "basket"}
)
SETTLED: Final = frozenset({"status", "state", "price", "amount", "balance", "credit", "discount", "total", "paid", "refunded", "limit"})
ROLE: Final = frozenset(
    {"admin", "admins", "administrator", "role", "roles", "superuser", "staff", "permission", "permissions", "perm", "perms", "privilege"}
    | {"privileges", "scope", "scopes", "authority", "authorities", "moderator", "owner", "owns", "ability", "acl", "rbac"},
)
OWNER: Final = frozenset({"user", "owner", "author", "creator", "customer", "account", "uid", "member", "receiver", "sender", "patient", "employee"})
PEOPLE: Final = frozenset({"user", "account", "member", "customer", "employee", "person", "profile", "patient", "student", "client", "staff"})
PUBLIC_WORDS: Final = frozenset(
    {"health", "healthz", "healthcheck", "ready", "readiness", "liveness", "ping", "status", "static", "assets", "public", "favicon", "robots"}
    | {"contact", "feedback", "newsletter", "subscribe", "unsubscribe", "webhook", "webhooks", "callback", "captcha", "csrf", "docs", "openapi"}
    | {"search", "language", "languages", "locale", "version", "about", "help", "home", "verify", "confirm", "activate", "csp", "report", "oauth"},
)
ADMIN_WORDS: Final = frozenset({"admin", "admins", "administrator", "administration", "backoffice", "superuser", "sysadmin"})
DEBUG_WORDS: Final = frozenset(
    {"debug", "debugger", "phpinfo", "actuator", "heapdump", "threaddump", "graphiql", "playground", "pprof", "introspect", "diagnostics"},
)
METRIC_WORDS: Final = frozenset({"metrics", "prometheus", "env", "environ"})
CHANGE_WORDS: Final = frozenset(
    {
        "delete",
        "remove",
        "disable",
        "enable",
        "update",
        "transfer",
        "create",
        "change",
        "edit",
        "add",
        "approve",
        "reset",
        "drop",
        "purge",
        "grant",
        "set",
    },
)
_ENROLLING = frozenset({"enable", "disable", "setup", "enroll", "activate", "deactivate", "status", "view", "qr"})
_SUFFIXES = ("model", "collection", "repository", "repo", "dao", "entity", "schema", "service", "store", "table", "document")


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The lower-case words of a name or path, in order; plain compounds such as `signup` are split."""
    found: list[str] = []
    for match in _WORD.finditer(text.replace("2FA", "otp").replace("2fa", "otp")[:400]):
        word = match.group().lower()
        found.extend(_SPLIT.get(word, (word,)))
    return tuple(found)


def has(text: str, vocabulary: frozenset[str]) -> bool:
    """Whether a word of the name belongs to the vocabulary."""
    return not vocabulary.isdisjoint(words(text))


def is_password(field: str) -> bool:
    """Whether a field holds a password itself (`password_hash` and `newPassword` too, `password_reset_url` not)."""
    own = words(field)
    return (not PASSWORD.isdisjoint(own) or own[-1:] == ("pass",)) and own[-1] not in {"url", "link", "at", "date", "token", "id", "length"}


def is_old_password(field: str) -> bool:
    """Whether a field asks for the password in force."""
    own = words(field)
    return own[:1] != ("new",) and not {"old", "current", "existing", "previous"}.isdisjoint(own)


def is_secret(field: str) -> bool:
    """Whether a field's value must never be shown: passwords, shared secrets, card check values, social security numbers."""
    own = words(field)
    return is_password(field) or not SECRET.isdisjoint(own) or own[-2:] in {("api", "key"), ("private", "key"), ("card", "number")}


def is_privileged(field: str) -> bool:
    """Whether a field decides what its owner may do or has."""
    own = words(field)
    return bool(own) and (own[-1] in PRIVILEGED or own in {("user", "type"), ("account", "type"), ("access", "level"), ("is", "active")})


def is_settled(kind: str, field: str) -> bool:
    """Whether a field says what a record of trade is worth or how far it is: the business sets it, not the customer."""
    return kind in TRADE and words(field)[-1:] != () and words(field)[-1] in SETTLED


def is_owner(field: str) -> bool:
    """Whether a field of a record names the person it belongs to."""
    own = words(field)
    return not OWNER.isdisjoint(own) or own[-2:] == ("created", "by") or own in {("username",), ("email",)}


def entity(name: str) -> str:
    """One name for a kind of record: `UserModel`, `users` and `usersCollection` are all `user`."""
    own = list(words(name.rpartition(".")[2] or name))
    while len(own) > 1 and own[-1] in _SUFFIXES:
        own.pop()
    joined = "".join(own)
    if joined.endswith("ies"):
        return joined[:-3] + "y"
    return joined[:-1] if joined.endswith("s") and not joined.endswith(("ss", "us")) else joined


def is_person(kind: str) -> bool:
    """Whether records of this entity describe a person or an account."""
    return kind in PEOPLE or kind.endswith(("user", "account", "customer", "employee", "patient"))


def path_words(path: str) -> tuple[str, ...]:
    """The words of the path's fixed segments, parameters left out."""
    return words(re.sub(r"\{[^}]*\}", "/", path))


def _pairs(own: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset(itertools.pairwise(own))


def named_purposes(path: str, function: str) -> frozenset[Purpose]:
    """The purposes that the words of a route's path and of its handler's name tell."""
    route, own = path_words(path), words(function.rpartition(".")[2])
    every = frozenset(route) | frozenset(own)
    pairs = _pairs(route) | _pairs(own)
    password = not PASSWORD.isdisjoint(every)
    tests = {
        Purpose.LOGIN: bool({"login", "signin", "authenticate"} & every) or ("sign", "in") in pairs or ("log", "in") in pairs,
        Purpose.REGISTER: bool({"register", "registration", "registrations"} & every) or ("sign", "up") in pairs,
        Purpose.RESET: bool({"forgot", "forget", "forgotten"} & every) or (password and bool({"reset", "resets", "recover", "recovery"} & every)),
        Purpose.OTP: (bool(CODE & every) or bool({("verification", "code"), ("verify", "code")} & pairs)) and _ENROLLING.isdisjoint(every),
        Purpose.NEW_PASSWORD: password and bool({"change", "update", "set", "edit"} & every),
        Purpose.LOGOUT: "logout" in every or ("sign", "out") in pairs or ("log", "out") in pairs,
        Purpose.ADMIN: not ADMIN_WORDS.isdisjoint(every),
        Purpose.DEBUG: not DEBUG_WORDS.isdisjoint(every),
        Purpose.PUBLIC: not PUBLIC_WORDS.isdisjoint(every),
    }
    return frozenset(purpose for purpose, told in tests.items() if told)
