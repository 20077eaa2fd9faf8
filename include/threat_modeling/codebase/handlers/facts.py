"""What is known of one handler after its values were followed: the records that every check reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from threat_modeling.codebase.handlers.origins import NONE, Origins

if TYPE_CHECKING:
    from threat_modeling.codebase.syntax import Expression, Function, Module


@dataclass(frozen=True, slots=True)
class Site:
    """Where something happens: `line` in the file `path`, and the line `top` of the handler itself that leads there.

    `depth` is 0 in the handler and one more for each project function that was followed.
    """

    path: str
    line: int
    top: int
    depth: int
    function: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A named value that the handler takes from the request."""

    source: str
    field: str
    site: Site


@dataclass(frozen=True, slots=True)
class Access:
    """A read, list, write, delete, create or drop on a store, with what selects the records and what is written to them."""

    operation: str
    entity: str
    site: Site
    keys: tuple[str, ...] = ()
    selected_by: Origins = NONE
    values: tuple[tuple[str, Origins], ...] = ()
    whole: Origins = NONE
    """Origins that are written as a whole (`**body`, `req.body`), not field by field."""
    limited: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values compared, by what they come from and by the names they go by."""

    left: Origins
    right: Origins
    names: frozenset[str]
    site: Site
    operator: str = "=="

    @property
    def equality(self) -> bool:
        """Whether the values are tested for being the same, or one for being in the other."""
        return self.operator not in {"<", ">", "<=", ">="}


@dataclass(frozen=True, slots=True)
class CallFact:
    """A call: its dotted name as written, with import aliases resolved, and the origins of receiver and arguments."""

    name: str
    qualified: str
    site: Site
    arguments: Origins
    receiver: Origins
    positional: tuple[Origins, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldWrite:
    """`target.field = value` or `target["field"] = value`."""

    target: str
    field: str
    holder: Origins
    value: Origins
    site: Site


@dataclass(frozen=True, slots=True)
class Response:
    """A value that goes back to the caller; `serialized` where the code turns records into text or JSON."""

    origins: Origins
    expression: Expression
    serialized: bool
    site: Site


@dataclass(slots=True)
class Facts:
    """Everything seen in a handler and in the project functions it calls, in the order it was met."""

    reads: list[Read] = field(default_factory=list)
    accesses: list[Access] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    calls: list[CallFact] = field(default_factory=list)
    writes: list[FieldWrite] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    identities: list[tuple[str, Site]] = field(default_factory=list)
    """How and where an identity is taken up: session, cookie, header or token."""
    role_checks: list[Site] = field(default_factory=list)
    overrides: list[Site] = field(default_factory=list)
    """Where the request body is laid over values that the code has set from the caller's identity."""
    texts: list[tuple[str, Site]] = field(default_factory=list)
    """Constant texts of the code, in order: messages, queries."""
    names: set[str] = field(default_factory=set)
    """Every variable, attribute and key that the code names."""


@dataclass(slots=True)
class Frame:
    """One function being followed."""

    module: Module
    function: str
    depth: int
    top: int
    """The handler's own line that led here; 0 in the handler itself."""
    names: dict[str, Origins] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    locals: dict[str, Function] = field(default_factory=dict)
    instances: dict[str, str] = field(default_factory=dict)
    """Names that hold an object of a class of the project, with the class as the module names it."""
    returned: Origins = NONE
