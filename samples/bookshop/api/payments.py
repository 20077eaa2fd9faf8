import hashlib
import logging

import requests

from api.database import connect

PROVIDER = "https://payments.example.com/v1/charges"
API_KEY = "bk_prod_9d2f7c41a86e4b0fb35c"

log = logging.getLogger("payments")


def charge(order_id, card_number, amount):
    fingerprint = hashlib.md5(card_number.encode()).hexdigest()
    response = requests.post(
        PROVIDER,
        json={"card": card_number, "amount": amount},
        headers={"Authorization": f"Bearer {API_KEY}"},
        timeout=15,
        verify=False,
    )
    log.info("charged %s for order %s with card %s", amount, order_id, card_number)
    with connect() as db:
        db.execute(
            "INSERT INTO payments (order_id, card_number, fingerprint, amount) VALUES (?, ?, ?, ?)",
            (order_id, card_number, fingerprint, amount),
        )
    return response.ok
