from pydantic import BaseModel

class Product(BaseModel):
    # ruleid: proprietary
    purchase_price: int
    # ok: proprietary
    color: str
