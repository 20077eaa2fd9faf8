"""Uploaded files that are stored without a look at their kind.

CWE-434. An allowed list, a test of extension or content type, and a file filter of the upload middleware count as controls; a cleaned file
name alone does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.handlers.report import Kind, present
from threat_modeling.codebase.handlers.vocabulary import words
from threat_modeling.model import ControlCategory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from threat_modeling.codebase.handlers.facts import Site
    from threat_modeling.codebase.handlers.summary import Summary
    from threat_modeling.codebase.observations import Route, Weakness
    from threat_modeling.codebase.project import Project

KIND: Final = Kind("unrestricted-upload", "Uploaded files are stored unchecked", "CWE-434", "unrestricted-upload", ControlCategory.INPUT_VALIDATION)
_STORING: Final = frozenset(
    {"save", "write", "mv", "writeFile", "writeFileSync", "createWriteStream", "copyfileobj", "pipe", "write_bytes", "open"}
    | {"CopyTo", "CopyToAsync", "SaveAs", "store", "storeAs", "storePublicly", "storePubliclyAs", "move", "moveTo", "putFile", "putFileAs"}
    | {"move_uploaded_file"}
)
_KINDS: Final = frozenset(
    {
        "allowed",
        "extension",
        "extensions",
        "ext",
        "mimetype",
        "mime",
        "splitext",
        "endswith",
        "suffix",
        "magic",
        "filetype",
        "extname",
        "imghdr",
        "verify",
    }
    | {"format", "filter", "fromBuffer", "detect", "sniff"},
)
_RULES: Final = re.compile(r"(?:^|\|)(?:mimes|mimetypes|extensions):|(?:^|\|)image(?:\||$)")
"""What Laravel's validation says of the kind of a file."""


def check(project: Project, routes: Sequence[Route]) -> Iterator[Weakness]:
    """One weakness for each handler that stores what it is sent."""
    for app in applications(project, routes):
        for handler in app.handlers:
            site = _stored(handler)
            if site is not None and not _restricted(handler):
                message = f"{handler.name} stores an uploaded file; no test of its extension, type or content was found in the handler or its guards."
                yield present(app, handler, KIND, message, site, source="file")


def _stored(handler: Summary) -> Site | None:
    for call in handler.facts.calls:
        from_file = any(o.kind == "request" and o.source == "file" for o in call.receiver | call.arguments)
        if from_file and call.name.rpartition(".")[2] in _STORING:
            return call.site
    return None


def _restricted(handler: Summary) -> bool:
    names = {*handler.facts.names, *(guard.name for guard in handler.route.guards)}
    typed = {"content_type", "contentType", "fileFilter", "checkFileType"} & names
    if any(_RULES.search(said) for said, _ in handler.facts.texts):
        return True
    return bool(typed) or any(not _KINDS.isdisjoint(words(name)) for name in names)
