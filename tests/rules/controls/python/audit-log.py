import logging

def login(user):
    # ruleid: audit-log
    logging.warning("login failed for %s", user)
    # ok: audit-log
    logging.info("cache warm")
