"""The file of phase 2: how large the target is, what it is made of and which agents phase 3 spawns (seed: Strategy Tiers)."""

from __future__ import annotations

import posixpath
from typing import Annotated, ClassVar, Literal

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from threat_modeling.artifact import Artifact
from threat_modeling.codebase.observations import Skip
from threat_modeling.model import Depth, Model, RelativePath

Tier = Literal["small", "medium", "large"]
Priority = Literal["high", "medium", "low"]
ComponentType = Literal["backend", "frontend", "infrastructure", "shared", "other"]


def _relative(value: object) -> object:
    """`./src/` is read as `src` and `./` as `.`: the seed writes both."""
    return posixpath.normpath(value) if isinstance(value, str) and value else value


FolderPath = Annotated[RelativePath, BeforeValidator(_relative)]


class Portion(Model):
    """The files below `path` except those below `excludes`: a component's files, never shared with another component."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$")
    """Stable for the same path, and safe as a file name."""
    path: FolderPath
    """A folder ("." is the root), or one file."""
    excludes: tuple[FolderPath, ...] = ()
    """Nested components, whose files are theirs, and what lies outside the scope."""
    files: int = Field(ge=0)
    recommended_depth: Depth

    def owns(self, path: str) -> bool:
        """Whether the file of this relative path belongs to the component."""
        return below(path, self.path) and not any(below(path, nested) for nested in self.excludes)


def below(path: str, folder: str) -> bool:
    """Whether a relative path is the folder itself or lies in it; everything is below "."."""
    return folder in {".", path} or path.startswith(folder + "/")


class SizedComponent(Portion):
    """A component as it was found."""

    type: ComponentType
    priority: Priority
    security_relevant_files: int = Field(ge=0)
    """Files whose name tells authentication, authorization, cryptography or request handling."""
    crown_jewels: tuple[str, ...] = ()
    """Ids of the crown jewels whose files it holds."""
    reason: str
    """Why it is a component: the heuristic, marker, split or override that made it one."""
    given: bool = False
    """Whether a person gave it, and its depth."""


class SpawnComponent(Portion):
    """One agent of phase 3: the component it maps."""

    sample_files: int | None = Field(default=None, ge=1)
    """At most this many files are read where the depth is sampling, the security-relevant ones first; None reads all."""
    split_from: FolderPath | None = None
    """The component that an agent did not finish in its time, of which this is a part."""


class Metrics(Model):
    """The size of what was counted; excluded trees are not in it."""

    total_files: int = Field(ge=0)
    total_directories: int = Field(ge=0)
    estimated_loc: int = Field(ge=0)
    """Lines of code, estimated from the bytes of the source files."""
    files_by_extension: dict[str, int]
    """Count by extension with its dot, "" for none; the largest count first."""


class Scope(Model):
    """What of the target is looked at."""

    kind: Literal["full", "components"] = "full"
    paths: tuple[FolderPath, ...] = (".",)


class Strategy(Model):
    """How phase 3 is spread over agents (seed: Dynamic Agent Spawning)."""

    tier: Tier
    parallelization: Literal["single", "by-component"]
    components_to_spawn: tuple[SpawnComponent, ...] = Field(
        min_length=1, validation_alias=AliasChoices("components_to_spawn", "components_to_analyze")
    )
    estimated_agents: int = Field(ge=1)
    sampling_required: bool

    @model_validator(mode="after")
    def _one_agent_each(self) -> Strategy:
        if self.estimated_agents != len(self.components_to_spawn):
            raise ValueError(f"estimated_agents is {self.estimated_agents}, but components_to_spawn has {len(self.components_to_spawn)} entries")
        paths = [component.path for component in self.components_to_spawn]
        if len(set(paths)) != len(paths):
            raise ValueError("components_to_spawn names a path twice")
        return self


class SizingReport(Artifact):
    """The size, components and strategy of the target; `truncated` says that files were counted by sampling."""

    path: ClassVar[str] = "phase-2/sizing-report.json"

    scope: Scope
    metrics: Metrics
    components: tuple[SizedComponent, ...]
    strategy: Strategy
    excluded: tuple[Skip, ...] = ()
    """Trees that do not count (dependencies, generated files, what git leaves out), with their number of files."""
    truncated: bool = False
    overrides: tuple[str, ...] = ()
    """What a person gave by hand, in words."""
    notes: tuple[str, ...] = ()
    """What a reader must know: sampling, merged components, flat trees."""

    @model_validator(mode="after")
    def _adds_up(self) -> SizingReport:
        total = sum(component.files for component in self.components)
        if self.components and total != self.metrics.total_files:
            raise ValueError(f"the components have {total} files together, but total_files is {self.metrics.total_files}")
        return self
