from dataclasses import dataclass


@dataclass
class Customer:
    id: int
    name: str
    email: str
    phone: str
    password_hash: str
    date_of_birth: str
    is_staff: bool = False


@dataclass
class Payment:
    id: int
    order_id: int
    card_number: str
    card_holder: str
    amount: float
