from flask import request
from werkzeug.utils import secure_filename

def upload():
    file = request.files["file"]
    # ruleid: unrestricted-upload
    file.save("/srv/uploads/" + file.filename)
    # ok: unrestricted-upload
    file.save("/srv/uploads/" + secure_filename(file.filename))
