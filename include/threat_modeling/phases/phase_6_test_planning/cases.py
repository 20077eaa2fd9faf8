"""Manual test cases: concrete steps for every threat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from threat_modeling.phases.phase_6_test_planning.artifacts import TestCase, TestStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from threat_modeling.phases.phase_3_codebase_mapping.artifacts import EntryPoint
    from threat_modeling.phases.phase_6_test_planning.subject import Subject


def manual_cases(subjects: Sequence[Subject]) -> tuple[TestCase, ...]:
    """One case for each threat, in their order."""
    return tuple(_case(n, subject) for n, subject in enumerate(subjects, 1))


def _case(number: int, subject: Subject) -> TestCase:
    threat, recipe = subject.threat, subject.kind.test
    settled = {
        "open": "",
        "mitigated": " (it is said to be mitigated: prove that)",
        "accepted": " (accepted)",
        "false-positive": " (held for a false positive)",
    }
    return TestCase.model_validate(
        {
            "id": f"TC-{number:03d}",
            "threat": threat.id,
            "title": f"Test for {threat.title}",
            "priority": subject.priority,
            "objective": f"Show whether an attacker {subject.kind.effect}{settled[threat.status]}",
            "preconditions": _preconditions(subject),
            "steps": _steps(subject),
            "pass": _sentence(recipe.expected),
            "fail": _sentence(recipe.failure),
            "cvss_vector": threat.cvss.environmental.vector,
            "cvss_score": threat.cvss.environmental.score,
            "severity": threat.severity,
        }
    )


def _preconditions(subject: Subject) -> tuple[str, ...]:
    how = subject.kind.test.how
    told = [
        "A test instance with test data"
        if how == "request"
        else "The configuration that production uses"
        if how == "configuration"
        else "The source code"
    ]
    if any(p.authentication.state != "none" for p in subject.points):
        told.append("A test account")
    if subject.second_user:
        told.append("A second test account without rights to the first one's records")
    return tuple(told)


def _steps(subject: Subject) -> tuple[TestStep, ...]:
    place = subject.threat.evidence[0].place
    recipe = subject.kind.test
    if subject.over_the_wire:
        steps = [step for point in subject.points[:1] for step in _requests(subject, point)]
        others = [f"{p.method} {p.path}" for p in subject.points[1:6]]
        if others:
            steps.append(TestStep(action=f"Repeat with {', '.join(others)}", expected="The same"))
    elif recipe.how == "request":
        steps = [
            TestStep(action=f"Find out what calls {place}", expected="Every caller, and whether one can be reached from outside, is known"),
            TestStep(action=f"Call it from a test with this input: {recipe.payload}", expected=_sentence(recipe.expected)),
        ]
    else:
        steps = [
            TestStep(action=f"Read {place}. {subject.kind.review}", expected="The answer is on record"),
            TestStep(action=f"Examine {recipe.payload}", expected=_sentence(recipe.expected)),
        ]
    steps.append(TestStep(action="Look at the log of the test", expected="The attempt is logged with time, source and outcome, without secrets"))
    return tuple(steps)


def _requests(subject: Subject, point: EntryPoint) -> list[TestStep]:
    parameter = subject.parameter(point)
    request = f"{point.method} {point.path}"
    where = f"the {parameter.source} parameter {parameter.name}" if parameter else "the request"
    account = {"none": "without signing in", "required": "signed in with the test account", "unknown": "signed in, then without"}
    return [
        TestStep(
            action=f"Send {request} with ordinary values, {account[point.authentication.state]}",
            expected="The ordinary answer; note status, length and time",
        ),
        TestStep(
            action=f"Send {request} again; in {where} use: {subject.kind.test.payload}" + (" (as the second account)" if subject.second_user else ""),
            expected=_sentence(subject.kind.test.expected),
        ),
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
