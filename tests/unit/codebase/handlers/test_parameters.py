from threat_modeling.codebase.handlers.application import applications
from threat_modeling.codebase.resolvers import routes


def test_parameters_of_fastapi(project):
    code = (
        "from typing import Annotated\nfrom fastapi import Depends, FastAPI, Header, UploadFile\n"
        "from pydantic import BaseModel\n\napp = FastAPI()\n\n\n"
        "class Note(BaseModel):\n    text: str\n\n\ndef get_current_user():\n    return 1\n\n\n"
        "Caller = Annotated[str, Depends(get_current_user)]\n\n\n"
        "@app.post('/{number}')\n"
        "def a(number: int, note: Note, page: int, file: UploadFile, caller: Caller, x_trace: str = Header()):\n"
        "    return note.text\n"
    )
    target = project({"main.py": code})
    (application,) = applications(target, routes(target))
    summary = application.handlers[0]
    by_source = {read.source: read.field for read in summary.facts.reads}
    assert by_source["path"] == "number"
    assert by_source["query"] == "page"
    assert by_source["file"] == "file"
    assert by_source["header"] == "x_trace"
    assert summary.fields("body") == ("text",)
    assert summary.identities == {"token"}
