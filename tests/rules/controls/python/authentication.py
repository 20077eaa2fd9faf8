from flask_login import login_required

# ruleid: authentication
@login_required
def page():
    pass

# ok: authentication
@cached
def other():
    pass
