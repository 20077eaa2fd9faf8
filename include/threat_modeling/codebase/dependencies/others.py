"""go.mod, pom.xml, Gemfile.lock, composer.lock, and the images of Dockerfiles."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from threat_modeling.codebase.dependencies.package import Package, line_of
from threat_modeling.codebase.dockerfile import instructions

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPENDENCY = 2_000
"""Characters of a Maven dependency that are read."""
_GO = re.compile(r"^\s*(?:require\s+)?([a-z0-9][\w./\-~]*\.[\w./\-~]+)\s+(v\d\S*)")
_GEM = re.compile(r"^    ([A-Za-z0-9][\w.-]*) \(([^)\s]+)\)")


def go_mod(text: str) -> Iterator[Package]:
    """Read the required modules of go.mod."""
    for number, line in enumerate(text.split("\n"), 1):
        match = None if line.lstrip().startswith(("module", "go ", "replace", "exclude", "//")) else _GO.match(line)
        if match:
            yield Package(match[1], match[2], "go", number, pinned=True)


def pom_xml(text: str) -> Iterator[Package]:
    """Read the dependencies of a pom.xml."""
    # A regular expression, not an XML parser: the file is the target's, and entities of it must never be expanded.
    for offset, block in _dependencies(text):
        found = {tag: _tag(block, tag) for tag in ("groupId", "artifactId", "version")}
        version = found["version"]
        fixed = bool(version) and "$" not in version and not version.startswith(("[", "(")) and version not in {"LATEST", "RELEASE"}
        line = text.count("\n", 0, offset) + 1
        # Without a version the parent or a property fixes it: that is pinned elsewhere.
        yield Package(f"{found['groupId']}:{found['artifactId']}", version if fixed else "", "maven", line, fixed or not version or "$" in version)


def _dependencies(text: str) -> Iterator[tuple[int, str]]:
    """The place and content of each `<dependency>`, each character looked at once however many are never closed."""
    opened = text.find("<dependency>")
    while opened >= 0 and (closed := text.find("</dependency>", opened)) >= 0:
        yield opened, text[opened + len("<dependency>") : min(closed, opened + MAX_DEPENDENCY)]
        opened = text.find("<dependency>", closed)


def _tag(block: str, tag: str) -> str:
    match = re.search(rf"<{tag}>\s*([^<]*?)\s*</{tag}>", block)
    return match[1] if match else ""


def gemfile_lock(text: str) -> Iterator[Package]:
    """Read bundler's lock file."""
    for number, line in enumerate(text.split("\n"), 1):
        match = _GEM.match(line)
        if match:
            yield Package(match[1], match[2], "rubygems", number, pinned=True)


def composer_lock(text: str) -> Iterator[Package]:
    """Read composer's lock file."""
    document = json.loads(text)
    offset = 0
    for section in ("packages", "packages-dev"):
        for entry in document.get(section, []):
            line, offset = line_of(text, f'"name": "{entry["name"]}"', offset)
            yield Package(entry["name"], str(entry.get("version", "")), "packagist", line, pinned=True)


def images(text: str) -> Iterator[Package]:
    """Read the base images of a Dockerfile; a stage of its own is none."""
    stages: set[str] = set()
    for line in instructions(text):
        match = re.match(r"^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+(?i:AS)\s+(\S+))?", line.text)
        if match is None:
            continue
        image = match[1]
        name, digest = image.partition("@")[::2]
        tag = name.rpartition(":")[2] if ":" in name.rpartition("/")[2] else ""
        if image not in stages and image != "scratch" and "$" not in image:
            yield Package(
                name.removesuffix(f":{tag}") if tag else name, digest or tag, "docker", line.start, bool(digest) or tag not in {"", "latest"}
            )
        stages.add(match[2] or "")


FILES = {
    "go.mod": go_mod,
    "pom.xml": pom_xml,
    "Gemfile.lock": gemfile_lock,
    "composer.lock": composer_lock,
    "Dockerfile*": images,
    "*.Dockerfile": images,
    "Containerfile": images,
}
