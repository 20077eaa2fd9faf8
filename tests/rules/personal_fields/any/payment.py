from pydantic import BaseModel

class Payment(BaseModel):
    # ruleid: payment
    card_number: str
    # ok: payment
    color: str
