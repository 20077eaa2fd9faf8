"""The codebase-mapper: reads one component and reports what it exposes, guards, stores, calls and gets wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from threat_modeling.agent import Role
from threat_modeling.model import Depth
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, FileCoverage
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent
from threat_modeling.phases.phase_3_codebase_mapping.sampling import sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.codebase.observations import Route, Skip
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.walk import SourceFile
    from threat_modeling.session import Session


class CodebaseMapper(Role[MapComponent, ComponentMap]):
    """One agent of phase 3 (seed: codebase-mapper)."""

    name: ClassVar[str] = "codebase-mapper"
    task_type = MapComponent
    output_type = ComponentMap

    def analyze(self, task: MapComponent, session: Session, project: Project) -> ComponentMap:  # noqa: ARG002 - the signature is the contract
        """Map the component's files; prefixes, guards and callers are followed into the rest of the target."""
        from threat_modeling.codebase.resolvers import all_routes  # noqa: PLC0415
        from threat_modeling.codebase.scan import scan  # noqa: PLC0415

        from threat_modeling.codebase.checks import missing_controls  # noqa: PLC0415 - parsers load only where an agent works
        from threat_modeling.phases.phase_3_codebase_mapping.reach import reaches  # noqa: PLC0415

        owned = [f for f in project.files if task.owns(f.path)]
        read = sample(owned, task.sample_files) if task.depth is Depth.SAMPLING else owned
        paths = {f.path for f in read}
        everywhere = all_routes(project)
        routes = [r for r in everywhere if _home(r) in paths]
        seen = scan(project, sorted(paths), everywhere)
        missing = [w for w in missing_controls(project, everywhere) if w.evidence.path in paths]
        return ComponentMap(
            component=task.id,
            path=task.path,
            depth=task.depth,
            languages=dict(sorted(Counter(f.language for f in owned if f.language).items())),
            frameworks=tuple(sorted({r.framework for r in routes})),
            routes=tuple(routes),
            reaches=tuple(reaches(project, routes)),
            weaknesses=(*seen.weaknesses, *missing),
            controls=seen.controls,
            stores=seen.stores,
            external_calls=seen.external_calls,
            personal_fields=seen.personal_fields,
            dependencies=seen.dependencies,
            coverage=_coverage(project, owned, read, seen.test_weaknesses),
        )


def _home(route: Route) -> str:
    """The file that makes a route a component's: its handler's, else where it is registered."""
    return route.handler.file if route.handler else route.registration.path


def _coverage(project: Project, owned: Sequence[SourceFile], read: Sequence[SourceFile], test_code: int) -> FileCoverage:
    skipped = _skips(project, {f.path for f in owned})
    missed = {s.path for s in skipped}
    code = [f for f in read if project.supports(f.language)]
    return FileCoverage(
        files=len(owned),
        analyzed=sum(f.path not in missed for f in code),
        lines=sum(project.line_count(f.path) for f in code if f.path not in missed),
        sampled_out=len(owned) - len(read),
        unsupported=dict(sorted(Counter(f.language for f in read if f.language and project.is_code(f.language) and f not in code).items())),
        not_code=sum(not f.language or not (project.supports(f.language) or project.is_code(f.language)) for f in read),
        skipped=skipped,
        test_code=test_code,
    )


def _skips(project: Project, owned: set[str]) -> tuple[Skip, ...]:
    return tuple(sorted((s for s in project.skips if s.path in owned), key=lambda s: (s.path, s.reason)))
