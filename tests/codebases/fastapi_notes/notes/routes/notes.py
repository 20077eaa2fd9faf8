from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Header, HTTPException, UploadFile, WebSocket
from pydantic import BaseModel

from ..security import Allowed, current_user, page, writer

router = APIRouter(prefix="/notes")


class Note(BaseModel):
    title: str
    text: str | None = None


class Shared(Note):
    reader: int


@router.get("/")
async def listed(window=Depends(page), tag: str | None = None):
    return []


@router.post("/")
async def added(note: Shared, user: Annotated[dict, Depends(writer)]):
    return note


@router.put("/{note_id}", dependencies=[Depends(Allowed("editor"))])
async def changed(note_id: int, note: Note, x_trace: str = Header(None), theme: str = Cookie("light")):
    return note


@router.delete("/{note_id}")
async def removed(note_id: int, user=Depends(current_user)):
    if user["sub"] != owner_of(note_id).owner_id:
        raise HTTPException(status_code=403)


@router.post("/{note_id}/picture")
async def pictured(note_id: int, picture: UploadFile):
    return picture.filename


@router.websocket("/live")
async def live(socket: WebSocket):
    await socket.accept()


def owner_of(note_id):
    return None


router.add_api_route("/count", lambda: 0, methods=["GET"])
