from flask_talisman import Talisman

# ruleid: security-headers
Talisman(app)
# ok: security-headers
Other(app)
