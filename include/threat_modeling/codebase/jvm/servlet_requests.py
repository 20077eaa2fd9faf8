"""What a method reads of a servlet's request: parameters, headers, cookies, the body, files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from threat_modeling.codebase.jvm.calls import method_of
from threat_modeling.codebase.observations import Parameter
from threat_modeling.codebase.syntax import Attribute, Call, Function, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from threat_modeling.codebase.jvm.classes import Place
    from threat_modeling.codebase.jvm.routes import Reading, Source

_NAME: Final = re.compile(r":?[\w.\-\[\]]{1,100}\Z")
_READS: Final[dict[str, Source]] = {
    **dict.fromkeys(("getParameter", "getParameterValues", "queryParam", "queryParams", "getQueryParam", "queryParameters", "query"), "query"),
    **dict.fromkeys(("getHeader", "getHeaders", "header", "headers", "headerAsClass", "getFirst"), "header"),
    **dict.fromkeys(("cookie", "getCookie", "cookieStore"), "cookie"),
    **dict.fromkeys(("formParam", "formParams", "getFormAttribute", "form", "formParamAsClass"), "body"),
    **dict.fromkeys(("getPart", "uploadedFile", "uploadedFiles"), "file"),
    **dict.fromkeys(("pathParam", "pathParamAsClass", "pathVariable", "params", "path"), "path"),
}


def reads(reading: Reading, place: Place, function: Function) -> Iterator[Parameter]:
    """What a method reads by a constant name from its request or context."""
    for node in walk(function.body):
        if isinstance(node, Call) and isinstance(node.callee, Attribute) and node.arguments:
            source = _READS.get(method_of(node))
            name = reading.constants.text(place, node.arguments[0]) if source is not None else None
            if source is not None and name and _NAME.match(name):
                yield Parameter(name=name.lstrip(":"), source=source)
