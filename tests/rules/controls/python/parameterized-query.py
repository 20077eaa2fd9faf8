def find(cursor, name):
    # ruleid: parameterized-query
    cursor.execute("SELECT * FROM users WHERE name = ?", (name,))
    # ok: parameterized-query
    cursor.execute("SELECT * FROM users WHERE name = '" + name + "'")
