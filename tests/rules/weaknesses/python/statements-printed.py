import sqlite3

from sqlalchemy import create_engine


def opened():
    connection = sqlite3.connect("shop.sqlite")
    # ruleid: statements-printed
    connection.set_trace_callback(print)
    # ok: statements-printed
    connection.set_trace_callback(None)
    return connection


# ruleid: statements-printed
engine = create_engine("sqlite://", echo=True)
# ok: statements-printed
quiet = create_engine("sqlite://", echo=False)
