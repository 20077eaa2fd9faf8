from flask_limiter import Limiter

# ruleid: rate-limiting
limiter = Limiter(app)
# ok: rate-limiting
other = Delimiter(app)
