"""Text from a target made safe to show: Markdown that renders as itself, one line, bounded, no control characters."""

from __future__ import annotations

import re
import unicodedata

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~<>&$^=-])")
_BIDI = {chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}


def visible(value: str) -> str:
    """The text with control, bidirectional-override and unpaired surrogate characters written as escapes; newlines and tabs stay."""
    if value.isascii() and value.isprintable():  # nearly all text, at a hundredth of the cost
        return value
    return "".join(_shown(c) for c in value)


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    if character in _BIDI or unicodedata.category(character) in {"Cc", "Cs"}:
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character


def one_line(value: str, limit: int = 200) -> str:
    """The text on one line of at most `limit` characters; what was cut is told by an ellipsis."""
    line = re.sub(r"\s+", " ", visible(value)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def md_escape(value: str, limit: int = 200) -> str:
    """One line that Markdown shows letter for letter: Airflow's renderer deletes HTML silently, so `<` must not reach it."""
    return _MARKDOWN.sub(lambda m: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(m[0], "\\" + m[0]), one_line(value, limit))


def md_code(value: str, limit: int = 200) -> str:
    """One line as inline code, for table cells too; the fence is longer than any run of backticks within."""
    line = one_line(value, limit).replace("|", "\\|")
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in line else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def slug(value: str, limit: int = 30) -> str:
    """Lower case, spaces and _ to -, only [a-z0-9-], no double or outer -, at most `limit` characters; "target" where nothing is left."""
    kept = re.sub(r"[^a-z0-9-]", "", re.sub(r"[\s_]+", "-", value.lower()))
    return re.sub(r"-{2,}", "-", kept).strip("-")[:limit].strip("-") or "target"
