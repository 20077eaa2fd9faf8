from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel
from sqlalchemy.orm import Session

from models import Note
from database import get_db

app = FastAPI()


class NoteIn(BaseModel):
    text: str


@app.post("/notes")
def add_note(note: NoteIn, db: Session = Depends(get_db)):
    # ok: mass-assignment
    db.add(Note(**note.model_dump()))
    db.commit()


@app.post("/notes/raw")
async def add_raw_note(request: Request, db: Session = Depends(get_db)):
    data = await request.json()
    # ruleid: mass-assignment
    db.add(Note(**data))
    db.commit()
