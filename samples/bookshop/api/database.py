import sqlite3


def connect():
    connection = sqlite3.connect("bookshop.db")
    connection.row_factory = sqlite3.Row
    return connection
