from pydantic import BaseModel

class Patient(BaseModel):
    # ruleid: health
    blood_type: str
    # ok: health
    color: str
