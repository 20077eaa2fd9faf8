"""What a rule file may say. One rule a file: rules/<kind>/<language>/<id>.yaml, its id is the file's stem.

A name pattern is a dotted name as the code reaches it with import aliases resolved (`sqlite3.connect.cursor.execute`); `*` stands
for any characters. `*.execute` is an `execute` of anything, `hashlib.md5` just that function.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from threat_modeling.codebase.observations import Confidence
from threat_modeling.model import ControlCategory, Cwe, Model, Stride

Kind = Literal["weaknesses", "controls", "sources", "sanitizers", "stores", "external_calls", "personal_fields"]
Names = tuple[str, ...]
Scalar = str | int | float | bool | None

_TESTS = ("equals", "matches", "named", "absent", "literal", "hangs", "gives", "kind", "context")


class Condition(Model):
    """A test of one argument, of the call itself or of its surroundings; a match needs all of its conditions.

    `argument` is a position ("0"), a name ("verify"), a path into a mapping ("1.cookie.secure"), "value" for what is assigned,
    "receiver" for the object of a method, "callee" for what is called, "any" for each argument, and of a base a method of the class by
    its name; several are tried in order and the first that is there counts.
    Exactly one test is given. A test of an argument that is not there fails, except `absent`.
    """

    argument: tuple[str, ...] = ()
    equals: tuple[Scalar, ...] | None = None
    """Its constant value is one of these."""
    matches: str | None = None
    """Its constant text (unknown parts read as {}) contains this regular expression."""
    named: str | None = None
    """Its dotted name contains this regular expression."""
    absent: bool | None = None
    """It is not there (true) or there (false)."""
    literal: bool | None = None
    """It is a non-empty constant text (true) or not (false)."""
    hangs: bool | None = None
    """It is a regular expression that can take exponential time (true)."""
    gives: tuple[Scalar, ...] | None = None
    """It is a function that does nothing but give one of these; one without a body gives null."""
    kind: Literal["mapping", "list", "function"] | None = None
    """It is written as one, or is known to hold one."""
    context: str | None = None
    """The assigned name, the function or the class around it contains this regular expression."""
    negate: bool = False

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        tests = [name for name in _TESTS if getattr(self, name) is not None]
        if len(tests) != 1:
            raise ValueError(f"give exactly one of {', '.join(_TESTS)}; found {tests or 'none'}")
        if not self.argument and self.context is None:
            raise ValueError("argument: say which argument is tested")
        return self


class Match(Model):
    """What a rule looks for in code: names of calls, assignments, decorators, imports, bases or keys, and conditions.

    With `tainted` it matches only where a value that an attacker sets reaches one of those arguments ("*" any, "value",
    "receiver"); `dynamic` also reports a parameter that reaches it from callers that are not seen.
    """

    calls: Names = ()
    assigns: Names = ()
    reads: Names = ()
    """Names that are used, called or not."""
    decorators: Names = ()
    imports: Names = ()
    bases: Names = ()
    keys: Names = ()
    """Keys of a mapping literal (also attributes of JSX); its value is the argument "value"."""
    returns: Names = ()
    """What functions with these decorators return; the value is the argument "value"."""
    texts: Names = ()
    """Text that code builds: regular expressions on the text with {} for its unknown parts; the text is the argument "value"."""
    where: tuple[Condition, ...] = ()
    tainted: tuple[str, ...] = ()
    dynamic: bool = False
    needs: Names = ()
    """Words of which the file holds one wherever this matches: files without them are not read for it."""
    joined: bool = False
    """The tainted value must be part of a longer text."""
    unless_asked: bool = False
    """Not where a branch leads that the function takes only if its caller asks for it (`if verify is False`, the default being True)."""

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if not any((self.calls, self.assigns, self.reads, self.decorators, self.imports, self.bases, self.keys, self.returns, self.texts)):
            raise ValueError("a match names calls, assigns, reads, decorators, imports, bases, keys, returns or texts")
        return self


class LineMatch(Model):
    """What a rule looks for in the lines of other files: patterns of file names, and a regular expression on one line.

    A Dockerfile's line is a whole instruction with its continuations; YAML reads as `services.web.privileged: true`.
    """

    files: Names = Field(min_length=1)
    pattern: str
    unless: str | None = None
    """A line that also contains this is left alone."""
    requires: str | None = None
    """The file must contain this somewhere."""
    missing: str | None = None
    """No line from the last match on contains this; the last match is what is reported."""


class Rule(Model):
    """What every rule that reports something carries: words for the report and the code that it matches."""

    id: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    languages: Names = Field(min_length=1)
    title: str
    match: tuple[Match, ...] = ()
    lines: tuple[LineMatch, ...] = ()


class WeaknessRule(Rule):
    """A weakness of the code. `asvs` are requirement ids of OWASP ASVS 5.0.0."""

    message: str
    cwe: Cwe
    weakness_class: str
    category: ControlCategory
    confidence: Confidence = Confidence.MEDIUM
    stride: tuple[Stride, ...] = Field(min_length=1)
    description: str
    mitigation: str
    asvs: tuple[str, ...] = ()
    once: bool = False
    """It is told once a file, at its first place: one remedy answers all of them."""
    reported_by: Literal["secrets", "dependencies"] | None = None
    """The reader that reports it, for what no pattern on the tree can say."""

    @model_validator(mode="after")
    def _matches_something(self) -> Self:
        if not (self.match or self.lines or self.reported_by):
            raise ValueError("a rule has match, lines or reported_by")
        return self


class ControlRule(Rule):
    """A security control that is seen in code."""

    category: ControlCategory
    strength: Literal["strong", "partial", "weak"] = "partial"
    scope: Literal["application", "router", "function"] = "function"


class Read(Model):
    """Names whose value an attacker sets; `safe_for` are weakness classes that such a value cannot cause."""

    names: Names
    safe_for: Names = ()


class EntryFunction(Model):
    """Functions whose parameters an attacker sets, by decorator or by the name of their first parameter."""

    decorators: Names = ()
    first_parameter: Names = ()
    skip: Names = ()
    """Names and annotations (patterns) of parameters that the framework sets."""
    types: Names = ()
    """Where given, only parameters of these types (patterns) count, and those of every handler do."""
    parameter_decorators: Names = ()


class SourceRule(Rule):
    """Where a framework hands over what an attacker sets."""

    reads: tuple[Read, ...] = ()
    functions: tuple[EntryFunction, ...] = ()


class Cleaner(Model):
    """Calls whose result is safe for these weakness classes ("*" for all), whatever they are given."""

    calls: Names = ()
    cleans: Names


class Prefix(Model):
    """A text that begins with this constant is safe for these weakness classes."""

    pattern: str
    cleans: Names


class SanitizerRule(Rule):
    """What makes a value safe: `results` of calls, `guards` that a branch tests first, constant `prefixes` of a text."""

    results: tuple[Cleaner, ...] = ()
    guards: tuple[Cleaner, ...] = ()
    prefixes: tuple[Prefix, ...] = ()


class StoreRule(Rule):
    """How code opens, reads or writes a data store."""

    technology: str
    kind: Literal["sql", "nosql", "cache", "file", "queue", "object", "search"]
    connect: tuple[Match, ...] = ()
    read: tuple[Match, ...] = ()
    write: tuple[Match, ...] = ()


class ExternalCallRule(Rule):
    """How code talks to another system; `destination` is the argument that names it, `host` where the library fixes it."""

    technology: str
    destination: tuple[str, ...] = ()
    host: str = ""
    encrypted: bool | None = None


class PersonalFieldRule(Rule):
    """Names of fields that hold personal data, as whole words of the name in snake case."""

    category: Literal["PII", "PHI", "PCI", "credentials", "proprietary"]
    names: Names
    models: tuple[Match, ...] = ()


RULE_TYPES: dict[Kind, type[Rule]] = {
    "weaknesses": WeaknessRule,
    "controls": ControlRule,
    "sources": SourceRule,
    "sanitizers": SanitizerRule,
    "stores": StoreRule,
    "external_calls": ExternalCallRule,
    "personal_fields": PersonalFieldRule,
}
