"""The codebase-mapper: reads one component and reports what it exposes, guards, stores, calls and gets wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from threat_modeling.agent import Role
from threat_modeling.codebase.relevance import sample
from threat_modeling.integrity import TREES
from threat_modeling.model import Depth
from threat_modeling.phases.phase_3_codebase_mapping.artifacts import ComponentMap, FileCoverage
from threat_modeling.phases.phase_3_codebase_mapping.components import MapComponent
from threat_modeling.phases.phase_3_codebase_mapping.shared import whole_target

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from threat_modeling.codebase.observations import Route, Skip
    from threat_modeling.codebase.project import Project
    from threat_modeling.codebase.scan import Observations
    from threat_modeling.codebase.walk import SourceFile
    from threat_modeling.session import Session


class CodebaseMapper(Role[MapComponent, ComponentMap]):
    """One agent of phase 3 (seed: codebase-mapper)."""

    name: ClassVar[str] = "codebase-mapper"
    task_type = MapComponent
    output_type = ComponentMap

    def analyze(self, task: MapComponent, session: Session, project: Project) -> ComponentMap:
        """Map the component's files; prefixes, guards and callers are followed into the rest of the target."""
        from threat_modeling.codebase.external import merged, read_reports  # noqa: PLC0415 - parsers load only where an agent works
        from threat_modeling.codebase.findings import without_repeats  # noqa: PLC0415 - parsers load only where an agent works
        from threat_modeling.codebase.scan import scan  # noqa: PLC0415
        from threat_modeling.codebase.trees import Trees  # noqa: PLC0415
        from threat_modeling.phases.phase_3_codebase_mapping.reach import reaches  # noqa: PLC0415

        project.trees = Trees(session.path / TREES)
        owned = [f for f in project.files if task.owns(f.path)]
        whole = whole_target(session, project)
        said = frozenset(whole.modules)
        paths = {f.path for f in owned}
        if task.depth is Depth.SAMPLING and task.sample_files:
            serving = {_home(route) for route in whole.routes} | {route.registration.path for route in whole.routes}
            ranks = {f.path: _rank(project, f, said, serving) for f in owned}
            paths = set(sample(ranks, task.sample_files, ranks.__getitem__))
        read = [f for f in owned if f.path in paths]
        routes = [r for r in whole.routes if _home(r) in paths]
        seen = scan(project, sorted(paths), whole.routes, said)
        missing = [w for w in whole.missing if w.evidence.path in paths]
        external = read_reports(session.request.evidence, project, seen.dependencies)
        unlisted = [s for s in project.skips if s.path not in project.paths and task.owns(s.path)]
        return ComponentMap(
            component=task.id,
            path=task.path,
            depth=task.depth,
            languages=dict(sorted(Counter(f.language for f in owned if f.language).items())),
            frameworks=tuple(sorted({r.framework for r in routes})),
            routes=tuple(routes),
            reaches=tuple(reaches(project, routes)),
            weaknesses=tuple(without_repeats(merged([*seen.weaknesses, *missing], external.weaknesses_in(paths)))),
            tools=external.reports_of(paths),
            controls=seen.controls,
            stores=seen.stores,
            external_calls=seen.external_calls,
            personal_fields=seen.personal_fields,
            dependencies=seen.dependencies,
            coverage=_coverage(project, owned, read, seen, unlisted),
        )


def _rank(project: Project, file: SourceFile, said: frozenset[str], serving: Collection[str]) -> int:
    """How early a file is read where not all are: 0 for what serves or configures, 1 for what a rule can match in, 2 for the rest."""
    from threat_modeling.codebase.purpose import is_product  # noqa: PLC0415 - parsers load only where an agent works
    from threat_modeling.codebase.scan import may_show  # noqa: PLC0415

    if file.path in serving or _configures(file.path):
        return 0
    return 1 if is_product(file.path) and may_show(project, file, said) else 2


def _configures(path: str) -> bool:
    """Manifests and deployment files are few and say much: they are read first where not all files are read."""
    names = ("dockerfile", "docker-compose", "compose.", "requirements", "package.json", "pyproject", "openapi")
    return path.rsplit("/", 1)[-1].lower().startswith(names)


def _home(route: Route) -> str:
    """The file that makes a route a component's: its handler's, else where it is registered."""
    return route.handler.file if route.handler else route.registration.path


def _coverage(
    project: Project, owned: Sequence[SourceFile], read: Sequence[SourceFile], seen: Observations, unlisted: Sequence[Skip]
) -> FileCoverage:
    """`unlisted` are links, pipes and the like: no files of the component, and yet nobody may think that they were read."""
    from threat_modeling.codebase.languages import languages  # noqa: PLC0415 - parsers load only where an agent works
    from threat_modeling.codebase.naming import CODE  # noqa: PLC0415

    paths = {f.path for f in read}
    skipped = {s for s in (*project.skips, *seen.skips) if s.path in paths and not s.reason.startswith("language not analyzed")} | {*unlisted}
    missed = {s.path for s in skipped}
    analyzed = [f.path for f in read if f.language in languages() and f.path not in missed]
    code = [f for f in read if f.language in CODE]
    return FileCoverage(
        files=len(owned),
        analyzed=len(analyzed),
        lines=sum((project.text(path) or "").count("\n") + 1 for path in analyzed),
        sampled_out=len(owned) - len(read),
        unsupported=dict(sorted(Counter(str(f.language) for f in code if f.language not in languages()).items())),
        not_code=len(read) - len(code),
        skipped=tuple(sorted(skipped, key=lambda s: (s.path, s.reason))),
        test_code=seen.weaknesses_in_tests,
    )
