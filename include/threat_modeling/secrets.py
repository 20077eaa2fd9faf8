"""Secret values in text: where they stand, and how a quote shows them without telling them.

Everything works line by line, so that a quote of a few lines is masked the same way as the whole file. Nothing here imports from
elsewhere in the package: whoever quotes the target calls `mask` first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "********"
MAX_LINE = 4000
"""Longer lines are cut into pieces of this many characters before they are searched: they belong to minified or generated text."""

_WORDS = (
    r"(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|"
    r"(?:api|access|auth|secret|private|signing|signature|encryption|encrypt|crypto|master|session|jwt|hmac|aes|des|service|account|shared|app|flask|cookie)"
    r"[_\-. ]?(?:key|secret|token|pass|salt)(?:[_-]?(?:id|base))?|apikey|passphrase|"
    r"(?:token|password|secret|hash)[_-]?salt)"
)
_NAME = rf"(?<![A-Za-z0-9])(?P<name>[A-Za-z0-9_\-.]{{0,60}}?{_WORDS}\d{{0,2}})(?![A-Za-z0-9_])"
_OPEN = r"(?P<quote>[\"'`])"
_VALUE = r"(?P<value>(?:(?!(?P=quote))[^\\\n]|\\.){1,300})(?P=quote)"

ASSIGNED = re.compile(
    rf"{_NAME}[\"'`]?\s*+\]?\s*+(?::\s*+(?:Final\b|const\b|str\b|string\b|String\b|Final\[str\])?\s*+=?|=>|:=|={{1,3}}|!={{1,2}})\s*+"
    rf"(?:await\s+)?[bBrRuUfF]{{0,2}}{_OPEN}{_VALUE}",
    re.IGNORECASE,
)
DEFAULT = re.compile(rf"\b(?:getenv|environ\.get|env|get|config|str)\(\s*+[\"']{_NAME}[\"']\s*+,\s*+{_OPEN}{_VALUE}", re.IGNORECASE)
FALLBACK = re.compile(
    rf"{_NAME}[\"'`]?\s*+\]?\s*+\)?\s*+(?:\|\||\?\?|\bor\b)\s*+{_OPEN}{_VALUE}",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    rf"{_NAME}[\"'`]?\s*+\]?\s*+(?::|=)(?![=>])\s*+[\w$.()\[\]\"' ,]{{1,120}}?(?:\|\||\?\?|\bor\b)\s*+{_OPEN}{_VALUE}",
    re.IGNORECASE,
)
"""`token = os.getenv("X") or "value"`: the name stands on the left, the value after what it stands in for."""
PLAIN = re.compile(
    rf"^\s*(?:-\s+)?(?:export\s+|ENV\s+|ARG\s+|set\s+)?[\"']?{_NAME}[\"']?\s*(?:=|:(?=\s)|\s(?=\S+\s*$))\s*(?P<value>[^\s\"'`#,;{{}}()\[\]]{{3,300}})\s*(?:#.*)?$",
    re.IGNORECASE,
)
"""Unquoted `NAME=value` and `name: value`: environment files, YAML, INI, properties, Dockerfiles."""

URL_PASSWORD = re.compile(
    r"(?P<before>[a-zA-Z][a-zA-Z0-9+.\-]{1,30}://[^\s:/@\"'`<>{}$]{0,100}:)(?P<value>[^\s@/\"'`<>{}$()\[\]]{1,200})(?=@[\w.\-\[])"
)

AUTHORIZATION = re.compile(r"\b(?:bearer|basic|token)\s+(?P<value>[A-Za-z0-9+/._~\-]{16,300}={0,2})", re.IGNORECASE)
"""The value of an Authorization header; what follows the scheme in prose holds no digits."""
KEY_BLOCK = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?P<value>[^-\n]*)")
KEY_LINE = re.compile(r"^\s*[\"'`]?(?P<value>[A-Za-z0-9+/]{40,76}={0,2})(?:\\n)?[\"'`]?\s*\+?,?\\?\s*$")

TOKENS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("AWS access key", re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])")),
    ("GitHub token", re.compile(r"(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})")),
    ("GitLab token", re.compile(r"(?<![A-Za-z0-9])glpat-[A-Za-z0-9_\-]{20,}")),
    ("Slack token", re.compile(r"(?<![A-Za-z0-9])xox[abposr]-[A-Za-z0-9-]{10,250}")),
    ("Slack webhook", re.compile(r"hooks\.slack\.com/services/T[A-Za-z0-9]{6,}/B[A-Za-z0-9]{6,}/[A-Za-z0-9]{16,}")),
    ("Stripe key", re.compile(r"(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{16,}")),
    ("Google API key", re.compile(r"(?<![A-Za-z0-9])AIza[A-Za-z0-9_\-]{35}(?![A-Za-z0-9])")),
    ("npm token", re.compile(r"(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])")),
    ("PyPI token", re.compile(r"(?<![A-Za-z0-9])pypi-[A-Za-z0-9_\-]{50,}")),
    ("SendGrid key", re.compile(r"(?<![A-Za-z0-9])SG\.[A-Za-z0-9_\-]{16,}\.[A-Za-z0-9_\-]{16,}")),
    ("LLM provider key", re.compile(r"(?<![A-Za-z0-9])sk-(?:ant-|proj-)?[A-Za-z0-9_\-]{32,}")),
    ("JSON Web Token", re.compile(r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_\-]{10,}\.eyJ[A-Za-z0-9_\-]{10,}\.[A-Za-z0-9_\-]{10,}")),
)

_TOKEN_HINT = re.compile(
    r"A[KSBC][ICA]A[A-Z2-7]|gh[pousr]_|github_pat_|glpat-|xox[abposr]-|hooks\.slack|[rs]k_(?:live|test)_|AIza|npm_|pypi-|SG\.|sk-|eyJ"
)
"""What any of the tokens begins with: most lines hold none, and one search tells."""

_NEEDLES = (
    *("pass", "pwd", "secret", "token", "credential", "key", "salt", "://", "uthorization"),
    *("akia", "asia", "abia", "acca", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "hooks.slack"),
    *("k_live_", "k_test_", "aiza", "npm_", "pypi-", "sg.", "sk-", "eyj"),
)
"""In lower case: each of the patterns here needs one of these texts on its line."""

_PLACEHOLDER = re.compile(
    r"""^(?:[*x.•_\-?#]+|<.*>|\[.*\]|\{.*\}|%.*%|\$.*|.*\$\{.*|.*\{\{.*|%\(?.*|@.*|#\{.*|.*\bprocess\.env\b.*|.*\benviron\b.*|
    your[_\- ]?.*|my[_\- ]?(?:api|secret|token)?[_\-]?key|
    .*(?:placeholder|example|dummy|redacted|\btodo\b|fixme).*|.*(?:insert|replace|enter)[_\- ].*|
    none|null|nil|undefined|true|false|yes|no|on|off|string|str|text|bytes|number|int|integer|boolean|object|any|required|
    optional|
    hidden|bearer|basic|digest|oauth2?|jwt|
    sha\d+|md5|hs\d+|rs\d+|es\d+|auto|default|empty|unset|n/a|file|env|varchar.*|char.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_EXAMPLE = re.compile(r"^\s*(?:[\"']?examples?[\"']?\s*:|//|\*)|@example")
_QUOTES = re.compile("[\"'`]")
_SECRET_WORD = re.compile(_WORDS, re.IGNORECASE)
_PASSWORDISH = re.compile(r"pass(?:word|wd|phrase|code)?\d*$|pwd\d*$", re.IGNORECASE)
_KEYISH = re.compile(r"(?:secret|private|signing|encryption|jwt|session|cookie)[_\-. ]?key$|passphrase$", re.IGNORECASE)
_NOT_A_SECRET_NAME = re.compile(
    r"(?:^|[_\-.])(?i:csrf|xsrf|next|page|pagination|continuation|cancel|cancellation|no|invalid|wrong|missing|forgot|reset|change|confirm|show|hide|toggle|public|type|lex|syntax|"
    r"sync|label|placeholder|error|msg|message|title|tokenizer)[_\-.]?|(?:reset|forgot|change|confirm|invalid|wrong|show|hide|update|new|old|current|repeat)(?:Password|Token|Pass)",
)
_IDENTIFIER_LIKE = re.compile(r"^[a-z]+(?:[A-Z][a-z]+)+$|^[a-z]+(?:[._\-/:][a-z]+)+$|^[A-Z][A-Z_]+$")


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret value on one line (1-based); `kind` says what it is, never its value."""

    line: int
    kind: str
    name: str
    value: str


def is_placeholder(value: str) -> bool:
    """Tell what stands in a secret's place without being one: empty, masked, a template, a type or an environment lookup."""
    return not value.strip() or bool(_PLACEHOLDER.match(value.strip()))


def mask(text: str) -> str:
    """Return the text with every secret value replaced by asterisks; masking twice changes nothing."""
    return "\n".join(_mask_line(line) for line in text.split("\n"))


def mask_tokens(text: str) -> str:
    """Return the text with what is a secret by its own form replaced: tokens of known providers, passwords in URLs."""
    patterns = [pattern for _, pattern in TOKENS] if _TOKEN_HINT.search(text) else []
    for pattern in patterns:
        text = pattern.sub(MASK, text)
    if "://" not in text:
        return text
    return URL_PASSWORD.sub(lambda m: m[0] if is_placeholder(m["value"]) else m["before"] + MASK, text)


def _mask_line(line: str) -> str:
    if len(line) > MAX_LINE:
        return "".join(_mask_line(line[i : i + MAX_LINE]) for i in range(0, len(line), MAX_LINE))
    spans = sorted({span for span, _, _ in _spans(line)}, reverse=True)
    for start, end in spans:
        line = line[:start] + MASK + line[end:]
    return line


def _spans(line: str, *, code: bool = False) -> list[tuple[tuple[int, int], str, str]]:
    """(span of the value, kind, name) of each secret on a line; spans never overlap, the earliest and longest wins."""
    found = [(m.span(), kind, "") for kind, pattern in TOKENS for m in pattern.finditer(line)] if _TOKEN_HINT.search(line) else []
    if "://" in line:
        found += [(m.span("value"), "password in a URL", "") for m in URL_PASSWORD.finditer(line) if not is_placeholder(m["value"])]
    if "PRIVATE KEY" in line:
        found += [(m.span("value"), "private key", "") for m in KEY_BLOCK.finditer(line) if m["value"].strip("\\n\"' ")]
    if "uthorization" in line:
        found += [(m.span("value"), "authorization header", "") for m in AUTHORIZATION.finditer(line) if _mixed(m["value"])]
    found += [(m.span("value"), "key material", "") for m in KEY_LINE.finditer(line) if _mixed(m["value"])]
    quoted = (ASSIGNED, DEFAULT, FALLBACK, OTHERWISE)
    silent = (code and not _QUOTES.search(line)) or not _SECRET_WORD.search(line)
    patterns = () if silent else quoted if code else (*quoted, PLAIN)
    matches = [m for pattern in patterns for m in pattern.finditer(line)]
    found += [(m.span("value"), "assigned value", m["name"]) for m in matches if _is_secret(m["name"], m["value"]) and not _compares_token(m)]
    kept: list[tuple[tuple[int, int], str, str]] = []
    for hit in sorted(found, key=lambda h: (h[0][0], -h[0][1])):
        if not kept or hit[0][0] >= kept[-1][0][1]:
            kept.append(hit)
    return kept


def _compares_token(match: re.Match[str]) -> bool:
    """Tell `token == "name"`, which parsers say of their own tokens; a password that is compared is a password."""
    between = match.string[match.end("name") : match.start("value")]
    return ("==" in between or "!=" in between) and not _PASSWORDISH.search(match["name"])


def _mixed(value: str) -> bool:
    """Tell base64 of random bytes: upper case, lower case and digits together, which paths and words lack."""
    return all(re.search(pattern, value) for pattern in ("[A-Z]", "[a-z]", "[0-9]"))


def _is_secret(name: str, value: str) -> bool:
    value = value.strip()
    if is_placeholder(value) or _NOT_A_SECRET_NAME.search(name) or "\\" in value or (" " in value and not _KEYISH.search(name)):
        return False
    if re.match(r"[\^~>=<v]*\d+(?:\.[\dx*]+)+", value):
        return False  # a version
    plain = re.sub(r"[^a-z0-9]", "", value.lower())
    if not plain or re.fullmatch(r"[A-Z][a-z]+[.!?]", value) or plain.removesuffix("s") in re.sub(r"[^a-z0-9]", "", name.lower()):
        return False
    if _PASSWORDISH.search(name):
        return len(value) >= 3 and not re.match(r"^(?:https?:/|[./]|\^)", value) and not _names_a_field(value)
    if "token" in name.lower() and re.fullmatch(r"_?[a-z]+(?:_[a-z]+)+_?", value):
        return False
    return len(value) >= 5 and not re.match(r"^(?:https?:|[./^#]|\w+\()", value) and (bool(_KEYISH.search(name)) or not _names_a_field(value))


def _names_a_field(value: str) -> bool:
    """Tell a value that is itself a name such as `access_token`, `X-Api-Key` or `auth.password`."""
    return bool(_SECRET_WORD.search(value)) and bool(_IDENTIFIER_LIKE.match(value) or re.match(r"^[Xx]-[\w-]+$", value))


def _suspicious(text: str) -> list[int]:
    """The lines that may hold a secret, in order: those with any of the texts that every pattern needs."""
    lower = text.lower()
    ends = [match.start() for match in re.finditer("\n", lower)]
    found: set[int] = set()
    for needle in _NEEDLES:
        place = lower.find(needle)
        while place >= 0:
            index = bisect_left(ends, place)
            found.add(index + 1)
            place = lower.find(needle, ends[index]) if index < len(ends) else -1
    return sorted(found)


def find(text: str, *, code: bool = False) -> Iterator[Secret]:
    """Yield the secrets of a file, in line order. Key material counts once, at the line that begins the key.

    In `code` an unquoted word is a name and no value.
    """
    lines = text.split("\n")
    for number in _suspicious(text):
        line = lines[number - 1]
        if len(line) > MAX_LINE:
            continue
        if "PRIVATE KEY" in line and "-----BEGIN" in line and not re.search(r"[\"'`]-----BEGIN[A-Z ]*-----[\"'`]", line):
            yield Secret(number, "private key", "", "")
            continue
        for (start, end), kind, name in () if _EXAMPLE.search(line) else _spans(line, code=code):
            if kind not in {"private key", "key material"}:
                yield Secret(number, kind, name, line[start:end])
