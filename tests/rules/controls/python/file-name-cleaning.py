from werkzeug.utils import secure_filename

def clean(name):
    # ruleid: file-name-cleaning
    secure_filename(name)
    # ok: file-name-cleaning
    name.strip()
