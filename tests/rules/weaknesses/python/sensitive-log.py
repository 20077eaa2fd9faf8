import logging

def note(user, password):
    # ruleid: sensitive-log
    logging.info("login of %s with %s", password)
    # ok: sensitive-log
    logging.info("login of %s", user)
