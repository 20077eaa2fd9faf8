"""Checks a request against the file system, so that a session never starts on what it can't serve."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from threat_modeling.errors import RequestInvalid
from threat_modeling.request import SESSIONS_ROOT, SessionRequest, available_formats
from threat_modeling.source.address import address, check_ref, is_address
from threat_modeling.source.places import Places, absolute, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from threat_modeling.settings import Settings


def accept(values: Mapping[str, Any], rules: Settings | None = None, *, trusted: Path | None = None) -> SessionRequest:
    """The request that `values` (a form's or a command line's) make, its paths absolute; `RequestInvalid` names every field and remedy.

    `rules` confine what whoever triggers may name to what the deployment allows; None for a person at the command line, who can read
    it all anyway. `trusted` is the folder of target files, whose context files may lie beside them. What a git repository holds is
    checked once it is there: `check_contents`.
    """
    request = allowed(values, rules, trusted=trusted)
    target = Path(request.target)
    problems = [] if is_address(request.target) else _target_problems(target) or _path_problems(request, target)
    problems = problems or _place_problems(request)
    if problems:
        raise RequestInvalid("\n".join(problems))
    return request


def allowed(values: Mapping[str, Any], rules: Settings | None = None, *, trusted: Path | None = None) -> SessionRequest:
    """The same, as far as it can be told where the target can't be seen."""
    try:
        request = SessionRequest.model_validate(dict(values))
    except ValidationError as error:
        raise RequestInvalid("\n".join(_readable(error))) from None
    paths = ("business_context", "out") if is_address(request.target) else ("target", "business_context", "out")
    whole = {name: str(absolute(value)) for name in paths if (value := getattr(request, name))}
    request = request.model_copy(update={**whole, "evidence": tuple(str(absolute(file)) for file in request.evidence)})
    problems = [*_address_problems(request, rules), *_format_problems(request), *(_confinement_problems(request, rules, trusted) if rules else [])]
    if problems:
        raise RequestInvalid("\n".join(problems))
    return request


def check_contents(request: SessionRequest, folder: Path) -> None:
    """Raise RequestInvalid where the folder that a repository was cloned to lacks what the request names."""
    problems = _target_problems(folder, request.target) or _path_problems(request, folder)
    if problems:
        raise RequestInvalid("\n".join(problems))


def _address_problems(request: SessionRequest, rules: Settings | None) -> list[str]:
    if not is_address(request.target):
        fields = (name for name in ("ref", "git_connection") if getattr(request, name))
        return [f"{name}: the target is a folder, read as it is; leave this empty, or give the address of a git repository" for name in fields]
    problems = []
    try:
        place = address(request.target, plain_http=bool(rules and rules.git_plain_http))
        if rules and not (places := Places.of(rules.allowed_targets)).allow_address(place):
            problems.append(f"target: {place.host} is not allowed here, or not this part of it; allowed: {places.told}")
    except ValueError as error:
        problems.append(f"target: {error}")
    try:
        check_ref(request.ref or "HEAD")
    except ValueError as error:
        problems.append(f"ref: {error}")
    return problems


def _confinement_problems(request: SessionRequest, rules: Settings, trusted: Path | None) -> list[str]:
    """What lies outside of what the deployment allows, once links are followed. Says nothing of what is there."""
    places = Places.of(rules.allowed_targets)
    problems = []
    if not is_address(request.target) and not places.allow_folder(Path(request.target)):
        problems.append(f"target: {request.target} is not allowed here; allowed: {places.told}")
    context = Path(request.business_context or "")
    if request.business_context and not places.allow_folder(context) and not (trusted and within(context, trusted)):
        problems.append(f"business_context: {context} is not allowed here; give a file in an allowed folder: {places.told}")
    problems += [
        f"evidence: {file} is not allowed here; give a file in an allowed folder: {places.told}"
        for file in request.evidence
        if not (places.allow_folder(Path(file)) or (trusted and within(Path(file), trusted)))
    ]
    root = absolute(rules.sessions_root)
    if not within(Path(request.out), root):
        problems.append(f"out: {request.out} is not allowed here; give {root} or a folder below it")
    elif inside := _occupied(Path(request.out), root):
        problems.append(f"out: {inside} is no root of sessions but a part of one; give {root} or another folder below it")
    return problems


def _occupied(out: Path, root: Path) -> Path | None:
    """The session, or the folder of clones, inside which a root would lie: what is there is evidence, and nobody else writes to it."""
    place, top = out.resolve(), root.resolve()
    inside = [p for p in (place, *place.parents) if p != top and p.is_relative_to(top)]
    return next((p for p in inside if p.name == "clones" or p.name.startswith(".") or (p / "config.json").is_file()), None)


def _readable(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        field = ".".join(str(part) for part in problem["loc"])
        text = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            text = f"no such option; there are {', '.join(sorted(SessionRequest.model_fields))}"
        elif problem["type"] == "missing":
            text = "is missing; give it, for example the folder /srv/checkouts/shop" if field == "target" else "is missing; give it"
        lines.append(f"{field}: {text}")
    return lines


def _target_problems(target: Path, name: str = "") -> list[str]:
    told = name or str(target)
    if not target.exists():
        return [f"target: {told} does not exist; give the path of a folder that the workers can see"]
    if not target.is_dir():
        return [f"target: {told} is a file; give the folder that holds the code"]
    try:
        with os.scandir(target) as entries:
            empty = next(entries, None) is None
    except OSError as error:
        return [f"target: {told} can't be read ({error.strerror}); give read and search permission on it"]
    return [f"target: {told} is empty; give a folder that holds code"] if empty else []


def _format_problems(request: SessionRequest) -> list[str]:
    known = available_formats()
    unknown = sorted(set(request.formats) - set(known))
    problems = [f"formats: there is no format {name!r}; there are {', '.join(known)}" for name in unknown]
    return problems if request.formats or not known else ["formats: no format is chosen; choose at least one of " + ", ".join(known)]


def _path_problems(request: SessionRequest, target: Path) -> list[str]:
    root = _resolved(target)
    problems = []
    for name, path in [("scope", p) for p in request.scope] + [("components", c.path) for c in request.components]:
        place = root / path
        if not place.exists():
            problems.append(f"{name}: {path} does not exist in the target; give a folder of it, relative to {request.target}")
        elif not _resolved(place).is_relative_to(root):
            problems.append(f"{name}: {path} is a link out of the target; give a folder inside it")
    paths = [c.path for c in request.components]
    problems += [f"components: {path} is given twice; give it once" for path in sorted({p for p in paths if paths.count(p) > 1})]
    return problems + [
        f"components: {path} lies outside the scope; widen scope or leave it out"
        for path in sorted(set(paths))
        if request.scope and not any(s in {".", path} or path.startswith(s + "/") for s in request.scope)
    ]


def _place_problems(request: SessionRequest) -> list[str]:
    problems = []
    context = Path(request.business_context) if request.business_context else None
    if context and not (context.is_file() and os.access(context, os.R_OK)):
        problems.append(f"business_context: {context} is not a readable file; give the path of a business-context.yaml, or leave it empty")
    target, out = _resolved(Path(request.target)), _resolved(Path(request.out))
    if not is_address(request.target) and out.is_relative_to(target) and SESSIONS_ROOT not in out.relative_to(target).parts:
        problems.append(
            f"out: {out} lies inside the target, so sessions would be scanned as code; give a folder outside it or {target / SESSIONS_ROOT}"
        )
    if (out.exists() or out.is_symlink()) and not (out.is_dir() and os.access(out, os.W_OK)):
        problems.append(f"out: {out} is not a writable folder; give another, or write permission on it")
    return problems


def _resolved(path: Path) -> Path:
    """The path without links; as written where they go in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
