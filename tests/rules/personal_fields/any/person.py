from pydantic import BaseModel

class Person(BaseModel):
    # ruleid: person
    email: str
    # ok: person
    color: str
