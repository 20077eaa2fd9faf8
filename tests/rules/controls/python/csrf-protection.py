from flask_wtf import CSRFProtect

# ruleid: csrf-protection
CSRFProtect(app)
# ok: csrf-protection
Other(app)
