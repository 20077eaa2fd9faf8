from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel
from sqlalchemy.orm import Session

from models import Note
from database import get_db

app = FastAPI()
oauth2_scheme = OAuth2PasswordBearer(tokenUrl="token")


class NoteIn(BaseModel):
    text: str


def get_current_user(token: str = Depends(oauth2_scheme)):
    if token is None:
        raise HTTPException(401)
    return token


# ruleid: missing-authentication
@app.post("/notes")
def add_note(note: NoteIn, db: Session = Depends(get_db)):
    db.add(Note(text=note.text))
    db.commit()


# ok: missing-authentication
@app.post("/notes/own")
def add_own_note(note: NoteIn, user: str = Depends(get_current_user), db: Session = Depends(get_db)):
    db.add(Note(text=note.text, owner=user))
    db.commit()


# ok: missing-authentication
@app.get("/notes/count")
def count(db: Session = Depends(get_db)):
    return db.query(Note).count()
