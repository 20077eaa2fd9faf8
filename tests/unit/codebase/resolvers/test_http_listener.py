"""HttpListener: what conditions on method and path tell apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.codebase.resolvers.table import parameters, written

from threat_modeling.codebase.resolvers import http_listener

if TYPE_CHECKING:
    from pathlib import Path

APP = """
using System.Net;
class Server
{
    HttpListener listener = new HttpListener();
    void Handle(HttpListenerContext context)
    {
        var method = context.Request.HttpMethod;
        var path = context.Request.Url.AbsolutePath;
        if (method == "GET" && path == "/a") { var q = context.Request.QueryString["q"]; }
        else if (path.Equals("/b")) { Write("b"); }
        switch (path)
        {
            case "/c":
            case "/d":
                if (method == "POST") { Write("c"); }
                break;
            default:
                Write("no");
                break;
        }
    }
}
"""


def test_branches(tmp_path: Path):
    found = written(tmp_path, http_listener, {"S.cs": APP})
    assert set(found) == {"GET /a", "ANY /b", "POST /c", "POST /d"}
    assert parameters(found["GET /a"]) == {"query q"}
