import stripe

# ruleid: payment
stripe.Charge.create(amount=100)
# ok: payment
shop.Charge.create(amount=100)
