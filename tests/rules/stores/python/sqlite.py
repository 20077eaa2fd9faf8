import sqlite3

# ruleid: sqlite
connection = sqlite3.connect("app.db")
# ok: sqlite
other = connect("app.db")
