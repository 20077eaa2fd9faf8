from pydantic import BaseModel

class Account(BaseModel):
    # ruleid: credentials
    password_hash: str
    # ok: credentials
    color: str
