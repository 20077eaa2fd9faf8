"""Where secrets stand: after names, in addresses, in headers, in key files."""

from __future__ import annotations

import re

from threat_modeling.secrets.judgment import WORDS
from threat_modeling.secrets.pattern import Pattern

_NAME = rf"(?<![A-Za-z0-9])(?P<name>[A-Za-z0-9_\-.]{{0,60}}?{WORDS}\d{{0,2}})(?![A-Za-z0-9_])"
_OPEN = r"(?P<quote>[\"'`])"
_QUOTE = re.compile("[\"'`]")
_VALUE = r"(?P<value>(?:(?!(?P=quote))[^\\\n]|\\.){1,300})(?P=quote)"

ASSIGNED = Pattern(
    rf"{_NAME}[\"'`]?\s*+\]?\s*+(?::\s*+(?:Final\b|const\b|str\b|string\b|String\b|Final\[str\])?\s*+=?|=>|:=|={{1,3}}|!={{1,2}})\s*+"
    rf"(?:await\s+)?[bBrRuUfF]{{0,2}}{_OPEN}{_VALUE}",
    re.IGNORECASE,
)
DEFAULT = Pattern(rf"\b(?:getenv|environ\.get|env|get|config|str)\(\s*+[\"']{_NAME}[\"']\s*+,\s*+{_OPEN}{_VALUE}", re.IGNORECASE, needs="(")
FALLBACK = Pattern(
    rf"{_NAME}[\"'`]?\s*+\]?\s*+\)?\s*+(?:\|\||\?\?|\bor\b)\s*+{_OPEN}{_VALUE}",
    re.IGNORECASE,
)
OTHERWISE = Pattern(
    rf"{_NAME}[\"'`]?\s*+\]?\s*+(?::|=)(?![=>])\s*+[\w$.()\[\]\"' ,]{{1,120}}?(?:\|\||\?\?|\bor\b)\s*+{_OPEN}{_VALUE}",
    re.IGNORECASE,
)
"""`token = os.getenv("X") or "value"`: the name stands on the left, the value after what it stands in for."""
PLAIN = Pattern(
    rf"^\s*(?:-\s+)?(?:export\s+|ENV\s+|ARG\s+|set\s+)?[\"']?{_NAME}[\"']?\s*(?:=|:(?=\s)|\s(?=\S+\s*$))\s*(?P<value>[^\s\"'`#,;{{}}()\[\]]{{3,300}})\s*(?:#.*)?$",
    re.IGNORECASE,
)
"""Unquoted `NAME=value` and `name: value`: environment files, YAML, INI, properties, Dockerfiles."""
_ASSIGNS = re.compile(r"[=:>]\s*+(?:(?:final(?:\[str\])?|const|string|str)\s*+)?(?:await\s+)?[bruf]{0,2}[\"'`]", re.IGNORECASE)
_ELSE = re.compile(r"\|\||\?\?|\bor\b", re.IGNORECASE)


def quoted(line: str) -> tuple[Pattern, ...]:
    """The patterns of quoted values that can be on a line, told by the signs between name and value: to look for names takes longer."""
    if not _QUOTE.search(line):
        return ()
    assigned = (ASSIGNED, DEFAULT) if _ASSIGNS.search(line) else (DEFAULT,)
    return (*assigned, FALLBACK, OTHERWISE) if _ELSE.search(line) else assigned


URL_PASSWORD = Pattern(r"(?P<before>[a-zA-Z][a-zA-Z0-9+.\-]{1,30}://[^\s:/@\"'`<>{}$]{0,100}:)(?P<value>[^\s@/\"'`<>{}$()\[\]]{1,200})(?=@[\w.\-\[])")
AUTHORIZATION = Pattern(r"\b(?:bearer|basic|token)\s+(?P<value>[A-Za-z0-9+/._~\-]{16,300}={0,2})", re.IGNORECASE)
"""The value of an Authorization header; what follows the scheme in prose holds no digits."""
KEY_BLOCK = Pattern(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?P<value>[^-\n]*)")
KEY_LINE = Pattern(r"^\s*[\"'`]?(?P<value>[A-Za-z0-9+/]{40,76}={0,2}|[A-Za-z0-9+/]{10,}={1,2})(?:\\n)?(?:[\"'`]{1,3}|-----END.*)?\s*\+?,?\\?\s*$")

# What follows only hides: a person would not report it as a secret, but a quote need not show it either.
ANYWHERE = Pattern(rf"{_NAME}(?:\s?=\s?|:\s{{0,2}}(?!:))(?P<value>[^\s\"'`;&,<>{{}}\\]{{3,300}}+)(?![(\[])", re.IGNORECASE)
"""`name=value` in the midst of a comment, a string, an address or a command."""
ESCAPED = Pattern(rf"{_NAME}\\*[\"'`]?\s?[=:]\s?\\+[\"'`](?P<value>[^\\\"'`]{{3,300}})", re.IGNORECASE, needs="\\")
"""Code within a string of JSON, as notebooks hold it."""
FLAG = Pattern(rf"--?{_NAME}(?:=|\s+)(?P<quote>[\"']?)(?P<value>[^\s\"'-][^\s\"']{{2,300}})", re.IGNORECASE, needs="-")
CALLED = Pattern(rf"{_NAME}\(\s*+{_OPEN}{_VALUE}", re.IGNORECASE, needs="(")
PAIRED = Pattern(rf"[\"']{_NAME}[\"']\s*+,\s*+{_OPEN}{_VALUE}", re.IGNORECASE, needs=",")
ELEMENT = Pattern(rf"(?:<|[\"']){_NAME}[\"']?\s*>(?P<value>[^<>]{{3,300}})</", re.IGNORECASE, needs="</")
ENTRY = Pattern(rf"(?:key|name|id)[\"']?\s*[=:]\s*[\"']{_NAME}[\"'][\s,]+[\"']?(?:value|val)[\"']?\s*[=:]\s*{_OPEN}{_VALUE}", re.IGNORECASE)
TICKED = Pattern(rf"`{_NAME}\s?[=:]\s?(?P<value>[^`\s]{{3,300}})`", re.IGNORECASE, needs="`")
INSIDE = Pattern(rf"{_OPEN}{_NAME}\s?[:=]\s?(?P<value>(?:(?!(?P=quote))\S){{8,300}})(?P=quote)", re.IGNORECASE)
"""A header or a setting that is quoted as a whole: `'X-Api-Key: value'`."""
WHOLE = Pattern(
    rf"^[\s\-#/*;]*(?:export\s+|ENV\s+|ARG\s+|set\s+)?[\"']?{_NAME}[\"']?(?:\s*[:=]\s*|\s+)(?P<value>[^\s\"'`]{{16,300}})\s*(?:\*/)?$", re.IGNORECASE
)
"""All that follows, where it is long and in one piece."""
HIDDEN = (INSIDE, WHOLE, ANYWHERE, TICKED, ESCAPED, FLAG, CALLED, PAIRED, ELEMENT, ENTRY)

NAMELESS: tuple[tuple[str, Pattern], ...] = (
    ("password", Pattern(r"\bPASSWORD\s+'(?P<value>[^'\n]{3,200})'", re.IGNORECASE)),
    ("identified", Pattern(r"\bIDENTIFIED\s+(?:WITH\s+\S+\s+)?BY\s+(?:PASSWORD\s+)?[\"'](?P<value>[^\"'\n]{3,200})[\"']", re.IGNORECASE)),
    ("machine", Pattern(r"^\s*(?:machine\s+\S+|default)\s.*\bpassword\s+(?P<value>\S{3,200})")),
    ("password=", Pattern(r"(?:^|[;\"'?&\s])password=(?P<value>[^;\s\"'&=(){}\[\]<>$%]{3,200})(?=[;&])", re.IGNORECASE)),
    ("curl", Pattern(r"\bcurl\b.*?\s(?:-u\s*|--user[=\s]\s*)[\"']?[^\s:\"']{1,100}:(?P<value>[^\s\"']{3,200})")),
    ("wget", Pattern(r"\bwget\b.*?\s--(?:http-|ftp-)?password[=\s]\s*[\"']?(?P<value>[^\s\"']{3,200})")),
    ("sshpass", Pattern(r"\bsshpass\s+-p\s*[\"']?(?P<value>[^\s\"']{3,200})")),
    ("mysql", Pattern(r"\bmysql\w*\b.*?\s-p(?P<value>[^\s\"']{3,200})")),
)
"""Shapes that hold a password without a name before it: the word that must stand in the line, and the pattern."""
PGPASS = Pattern(r"^[\w.*-]{1,200}:(?:\d{2,5}|\*):[^:\s]{1,200}:[^:\s]{1,200}:(?P<value>\S{3,200})$")
VALUE = Pattern(r"(?:^|[\s{,\"'<])value[\"']?\s?[:=]\s?(?P<quote>[\"']?)(?P<value>[^\s\"',<>{}]{8,300})(?P=quote)", re.IGNORECASE)
"""The second line of `name: DB_PASSWORD` and `value: ...`: hidden when it looks made up."""
