"""How code of Node.js turns a request away: status codes, errors, redirections to the login."""

from __future__ import annotations

import re
from typing import Final

from threat_modeling.codebase.syntax import Attribute, Block, Call, Literal, Mapping, Name, Node, Return, dotted, walk

_REFUSAL: Final = re.compile(r"unauthori[sz]ed|forbidden|not_?authenticated|access_?denied", re.IGNORECASE)
_UNKNOWN: Final = re.compile(r"unauthori[sz]ed|authenticat|log-?in|sign-?in", re.IGNORECASE)
_LOGIN: Final = re.compile(r"log-?in|sign-?in|auth", re.IGNORECASE)
_STATUS: Final = frozenset({"status", "sendStatus", "code", "writeHead", "throw", "json", "createError", "send", "abort", "error", "text", "body"})
ANSWERS: Final = frozenset({"send", "json", "jsonp", "sendFile", "sendStatus", "render", "redirect", "end", "download", "pipe", "sendfile", "format"})


def statuses(call: Call) -> set[int | str]:
    """The status codes that a call sets or makes an error of; "login" for a redirection there."""
    name = call.callee.name if isinstance(call.callee, Attribute) else dotted(call.callee)
    found: set[int | str] = set()
    if name == "redirect" and any(isinstance(a, Literal) and _LOGIN.search(str(a.value)) for a in call.arguments):
        found.add("login")
    if not (name in _STATUS or name[:1].isupper() or call.new):
        return found
    for argument in call.arguments:
        if isinstance(argument, Mapping):
            argument = argument.get("status") or argument.get("statusCode") or argument  # noqa: PLW2901 -- `Response.json({}, {status: 401})`
        words = dotted(argument)
        if isinstance(argument, Literal) and isinstance(argument.value, int) and 400 <= argument.value < 600:
            found.add(argument.value)
        if _REFUSAL.search(words):
            found.add(401 if _UNKNOWN.search(words) else 403)
        if "TOO_MANY_REQUESTS" in words:
            found.add(429)
        if words.endswith(("BAD_REQUEST", "UNPROCESSABLE_ENTITY")):
            found.add(400)
    return found


def refusals(node: Node) -> set[int]:
    """What an error that is thrown or passed on says: 401 that it is not known who calls, 403 that the caller may not."""
    found: set[int] = set()
    for inner in walk(node):
        text = (
            inner.id
            if isinstance(inner, Name)
            else inner.name
            if isinstance(inner, Attribute)
            else inner.value
            if isinstance(inner, Literal)
            else None
        )
        if isinstance(text, str) and (_UNKNOWN.search(text) or _REFUSAL.search(text)):
            found.add(401 if _UNKNOWN.search(text) else 403)
        elif type(text) is int and text in {401, 403}:
            found.add(text)
    return found


def turns_away(block: Block, onward: str) -> bool:
    """Whether a branch ends the request with an error: 4xx, `throw`, `next(error)`, a redirection."""
    for node in walk(block.bodies):
        if isinstance(node, Return) and node.operator == "raise":
            return True
        if isinstance(node, Call):
            name = node.callee.name if isinstance(node.callee, Attribute) else dotted(node.callee)
            if name == "redirect" or (name == onward and node.arguments) or statuses(node) & {400, 401, 403, 404, 407, "login"}:
                return True
    return False
