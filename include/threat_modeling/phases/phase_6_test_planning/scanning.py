"""What tools should look at: code to review, static rules, endpoints and scenarios, dependencies."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from threat_modeling.model import ControlCategory
from threat_modeling.phases.phase_6_test_planning.artifacts import DastEndpoint, DastScenario, ReviewTask, SastRule, ScaCheck

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from threat_modeling.codebase.observations import Dependency
    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoint
    from threat_modeling.phases.phase_6_test_planning.subject import Subject

MAX_ENDPOINTS: Final = 5
"""Entry points of one threat for which a scenario is written; all of them are listed as endpoints."""
MAX_EVIDENCE: Final = 25


def reviews(subjects: Sequence[Subject]) -> tuple[ReviewTask, ...]:
    """One task for each file, in the order of its most urgent threat."""
    by_file: dict[str, list[Subject]] = {}
    for subject in subjects:
        by_file.setdefault(subject.threat.evidence[0].path, []).append(subject)
    return tuple(
        ReviewTask(
            id=f"CR-{n:03d}",
            threats=tuple(s.threat.id for s in found),
            priority=found[0].priority,
            file=path,
            lines=tuple(sorted({e.start for s in found for e in s.threat.evidence[: s.threat.places]})),
            evidence=tuple({(e.start, e.end): e for s in found for e in s.threat.evidence[: s.threat.places]}.values())[:MAX_EVIDENCE],
            focus=found[0].kind.controls[0],
            questions=tuple(dict.fromkeys(s.kind.review for s in found)),
            cwes=tuple(sorted({s.threat.cwe for s in found})),
        )
        for n, (path, found) in enumerate(by_file.items(), 1)
    )


def rules(subjects: Sequence[Subject], languages: Mapping[str, str | None]) -> tuple[SastRule, ...]:
    """One recommendation for each weakness class and CWE; `languages` says what each file is written in."""
    grouped: dict[tuple[str, str], list[Subject]] = {}
    for subject in subjects:
        grouped.setdefault((subject.threat.weakness_class, subject.threat.cwe), []).append(subject)
    made = []
    for n, ((name, cwe), found) in enumerate(grouped.items(), 1):
        files = sorted({s.threat.evidence[0].path for s in found})
        made.append(
            SastRule(
                id=f"SA-{n:03d}",
                threats=tuple(s.threat.id for s in found),
                priority=found[0].priority,
                cwe=cwe,
                weakness_class=name,
                languages=tuple(sorted({language for f in files if (language := languages.get(f))})),
                look_for=found[0].kind.scan,
                files=tuple(files),
            )
        )
    return tuple(made)


def endpoints(subjects: Sequence[Subject]) -> tuple[DastEndpoint, ...]:
    """Every entry point that a request can prove a threat at, in the order of its most urgent threat."""
    found: dict[str, tuple[EntryPoint, list[Subject]]] = {}
    for subject in subjects:
        for point in subject.points if subject.over_the_wire else ():
            found.setdefault(point.id, (point, []))[1].append(subject)
    return tuple(
        DastEndpoint(
            entry_point=point.id,
            method=point.method,
            path=point.path,
            parameters=tuple(f"{p.name} ({p.source})" for p in point.parameters),
            authentication=point.authentication.state,
            threats=tuple(s.threat.id for s in near),
            priority=near[0].priority,
        )
        for point, near in found.values()
    )


def scenarios(subjects: Sequence[Subject]) -> tuple[DastScenario, ...]:
    """What to send, for each threat that a request can prove and its first entry points."""
    pairs = [(s, point) for s in subjects if s.over_the_wire for point in s.points[:MAX_ENDPOINTS]]
    made = []
    for n, (subject, point) in enumerate(pairs, 1):
        parameter, recipe = subject.parameter(point), subject.kind.test
        made.append(
            DastScenario(
                id=f"DA-{n:03d}",
                threats=(subject.threat.id,),
                priority=subject.priority,
                entry_point=point.id,
                request=f"{point.method} {point.path}",
                parameter=f"{parameter.name} ({parameter.source})" if parameter else None,
                payload_kind=recipe.payload,
                expected=recipe.expected,
                failure=recipe.failure,
            )
        )
    return tuple(made)


def checks(subjects: Sequence[Subject], dependencies: Sequence[Dependency]) -> tuple[ScaCheck, ...]:
    """One check for each package that a threat about third-party code stands at."""
    places = {(d.evidence.path, line): d for d in dependencies for line in range(d.evidence.start, d.evidence.end + 1)}
    made: list[ScaCheck] = []
    for subject in subjects:
        if ControlCategory.DEPENDENCY_SECURITY not in subject.kind.controls:
            continue
        for evidence in subject.threat.evidence[: subject.threat.places]:
            package = places.get((evidence.path, evidence.start))
            made.append(
                ScaCheck(
                    id=f"SC-{len(made) + 1:03d}",
                    threats=(subject.threat.id,),
                    priority=subject.priority,
                    ecosystem=package.ecosystem if package else "unknown",
                    package=package.name if package else evidence.path,
                    version=package.version if package else "",
                    action=subject.kind.mitigation,
                    evidence=(evidence,),
                )
            )
    return tuple(made)


def inventory(dependencies: Sequence[Dependency]) -> tuple[dict[str, int], dict[str, int]]:
    """Packages by ecosystem, and those without a fixed version; a package that several files name counts once."""
    every = Counter(ecosystem for ecosystem, _, _ in {(d.ecosystem, d.name, d.version) for d in dependencies})
    loose = Counter(ecosystem for ecosystem, _ in {(d.ecosystem, d.name) for d in dependencies if not d.pinned})
    return dict(sorted(every.items())), dict(sorted(loose.items()))


def general(counts: Mapping[str, int], unpinned: Mapping[str, int]) -> tuple[str, ...]:
    """What to do about third-party code as a whole; nothing where there is none."""
    if not counts:
        return ()
    told = [
        f"Check the {n} {ecosystem} package{'s' if n != 1 else ''} against advisories on every change and every day"
        for ecosystem, n in counts.items()
    ]
    told += [f"Fix the versions of {n} {ecosystem} package{'s' if n != 1 else ''} in a lock file" for ecosystem, n in unpinned.items()]
    return tuple(told)
