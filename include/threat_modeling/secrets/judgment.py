"""Whether what stands at a secret's place is one: no placeholder, no lookup, no name of a field."""

from __future__ import annotations

import re

from threat_modeling.secrets.pattern import Pattern

_USE = (
    "(?:api|access|auth|secret|private|signing|signature|encryption|encrypt|crypto|master|session|jwt|hmac|aes|des|service|account|shared|app"
    "|flask|cookie|fernet)"
)
WORDS = (
    r"(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|credentials?|"
    rf"{_USE}[_\-. ]?(?:key|secret|token|pass|salt)(?:[_-]?(?:id|base))?|apikey|passphrase|"
    r"(?:token|password|secret|hash)[_-]?salt)"
)
_SECRET_WORD = Pattern(WORDS, re.IGNORECASE)
_ALONE = ("pass", "pwd", "secret", "token", "credential")
"""What is such a word by itself; any other is one of these."""
_TOGETHER = re.compile(rf"{_USE}[_\-. ]?(?:key|salt)|hash[_-]?salt")

_PLACEHOLDER = Pattern(
    r"""^(?:[*x.•_\-?#]+|<.*>|\[.*\]|\{.*\}|%.*%|\$\w*|\$[({].*|.*\$\{.*|.*\{\{.*|%[a-z]|%\(.*|@[a-z]+(?:[/.:][\w./]+)?|\#\{.*|
    .*\bprocess\.env\b.*|.*\benviron\b.*|
    your[_\- ]?.*|my[_\- ]?(?:api|secret|token)?[_\-]?key|
    .*(?:placeholder|example|dummy|redacted|\btodo\b|fixme).*|.*(?:insert|replace|enter)[_\- ].*|
    none|null|nil|undefined|true|false|yes|no|on|off|string|str|text|bytes|number|int|integer|boolean|object|any|required|
    optional|
    hidden|bearer|basic|digest|oauth2?|jwt|
    sha\d+|md5|hs\d+|rs\d+|es\d+|auto|default|empty|unset|n/a|file|env|varchar.*|char.*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_PASSWORDISH = re.compile(r"pass(?:word|wd|phrase|code)?\d*$|pwd\d*$", re.IGNORECASE)
_KEYISH = re.compile(r"(?:secret|private|signing|encryption|jwt|session|cookie)[_\-. ]?key$|passphrase$", re.IGNORECASE)
_NOT_A_SECRET_NAME = re.compile(
    r"(?:^|[_\-.])(?i:csrf|xsrf|next|page|pagination|continuation|cancel|cancellation|no|invalid|wrong|missing|forgot|reset|change|confirm|show|hide|toggle|public|type|lex|syntax|"
    r"sync|label|placeholder|error|msg|message|title|tokenizer)[_\-.]?|(?:reset|forgot|change|confirm|invalid|wrong|show|hide|update|new|old|current|repeat)(?:Password|Token|Pass)",
)
_IDENTIFIER_LIKE = re.compile(r"^[a-z]+(?:[A-Z][a-z]+)+$|^[a-z]+(?:[._\-/:][a-z]+)+$|^[A-Z][A-Z_]+$")
_EXPRESSION = re.compile(r"\w+\[|(?:[a-z]\w*|[A-Za-z]\w*(?:(?:\.|::)\w+)+)(?:(?:\.|::)\w+)*[(\[][^!@%^*]*$")
"""Code that works a value out: `models.CharField(max_length=255`, `parts[1]`."""
_PROSE = re.compile(r"[^\x00-\x7f]|&\#|^[\w.+-]+@[\w-]+\.[\w.-]+$")
"""Other scripts, entities of HTML, addresses of mail."""
_SEPARATORS = re.compile(r"[./:?!_$#-]+")
_WORD = re.compile(r"[A-Za-z]*\d{0,3}|[A-Za-z]{0,12}(?:2|4|8|16|32|64|128|256|512)[A-Za-z]{2,12}")
"""A part of a name, with a number behind it or the number of an encoding in it: `user2`, `b64encode`."""
_VERSION = re.compile(r"[\^~>=<v]*\d+(?:\.[\dx*]+)+|\d+(?:[a-z]{1,4})?$")
_CALL = re.compile(r"^\w+\([^()]*\)$")


def names_secret(line: str) -> bool:
    """Tell a line with one of the words for a secret."""
    if not line.isascii():
        return _SECRET_WORD.compiled.search(line) is not None
    lower = line.lower()  # from here on the same, told in less time
    if any(map(lower.__contains__, _ALONE)):
        return True
    return ("key" in lower or "salt" in lower) and _TOGETHER.search(lower) is not None


def is_placeholder(value: str) -> bool:
    """Tell what stands in a secret's place without being one: empty, masked, a template, a type or an environment lookup."""
    return not value.strip() or bool(_PLACEHOLDER.compiled.match(value.strip()))


def is_passwordish(name: str) -> bool:
    """Tell a name that ends in a word for password."""
    return bool(_PASSWORDISH.search(name))


def is_mixed(value: str) -> bool:
    """Tell base64 of random bytes: upper case, lower case and digits together, which paths and words lack."""
    return all(re.search(pattern, value) for pattern in ("[A-Z]", "[a-z]", "[0-9]"))


def is_secret(name: str, value: str) -> bool:
    """Tell whether a value that is assigned to this name is one that a person would call a secret."""
    value = value.strip()
    if is_placeholder(value) or _NOT_A_SECRET_NAME.search(name) or "\\" in value or (" " in value and not _KEYISH.search(name)):
        return False
    plain = re.sub(r"[^a-z0-9]", "", value.lower())
    if (
        not plain
        or (_VERSION.match(value) and "." in value)
        or re.fullmatch(r"[A-Z][a-z]+[.!?]", value)
        or plain.removesuffix("s") in re.sub(r"[^a-z0-9]", "", name.lower())
    ):
        return False
    if _PASSWORDISH.search(name):
        return len(value) >= 3 and not re.match(r"^(?:https?:/|[./]|\^)", value) and not _names_a_field(value)
    if "token" in name.lower() and re.fullmatch(r"_?[a-z]+(?:_[a-z]+)+_?", value):
        return False
    if len(value) < 5 or re.match(r"^(?:https?:|[./^#])", value) or _CALL.match(value):
        return False
    return bool(_KEYISH.search(name)) or not _names_a_field(value)


def is_random(name: str, value: str) -> bool:
    """Tell a value that looks made up: letters or signs with digits among them, and no name, version or path."""
    value = value.strip()
    if len(value) < 6 or " " in value or is_placeholder(value) or not re.search(r"\d", value) or not re.search(r"[^\d.,:/-]", value):
        return False
    if _VERSION.fullmatch(value) or value.startswith(("http:", "https:")) or _EXPRESSION.match(value) or _PROSE.search(value):
        return False
    parts = _SEPARATORS.split(value)
    numbered = sum(bool(re.search(r"\d", part)) for part in parts)
    return not all(_WORD.fullmatch(part) for part in parts) or (numbered > 1 and is_passwordish(name))


def is_number_code(name: str, value: str) -> bool:
    """Tell a code of digits under a word for password."""
    return is_passwordish(name) and bool(re.fullmatch(r"\d{4,}", value))


def _names_a_field(value: str) -> bool:
    """Tell a value that is itself a name such as `access_token`, `X-Api-Key` or `auth.password`."""
    return names_secret(value) and bool(_IDENTIFIER_LIKE.match(value) or re.match(r"^[Xx]-[\w-]+$", value))
