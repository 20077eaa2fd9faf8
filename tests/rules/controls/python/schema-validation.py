from pydantic import BaseModel

# ruleid: schema-validation
class User(BaseModel):
    name: str

# ok: schema-validation
class Other(dict):
    pass
