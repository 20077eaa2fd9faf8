from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.orm import Session

from models import Note
from security import get_current_user
from database import get_db

app = FastAPI()


@app.get("/notes/{note_id}")
def read(note_id: int, user=Depends(get_current_user), db: Session = Depends(get_db)):
    # ruleid: missing-object-authorization
    note = db.query(Note).filter(Note.id == note_id).first()
    return {"text": note.text}


@app.get("/notes/{note_id}/own")
def read_own(note_id: int, user=Depends(get_current_user), db: Session = Depends(get_db)):
    # ok: missing-object-authorization
    note = db.query(Note).filter(Note.id == note_id).first()
    if note.owner != user.name:
        raise HTTPException(403)
    return {"text": note.text}
