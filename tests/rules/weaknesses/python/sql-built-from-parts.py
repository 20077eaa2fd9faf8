def stored(cursor, rows, table, places):
    for name, count in rows:
        # ruleid: sql-built-from-parts
        cursor.execute("INSERT INTO stock (name, count) VALUES ('%s', '%d')" % (name, count))
        # ruleid: sql-built-from-parts
        cursor.execute(f"UPDATE stock SET count = {count}")
        # ok: sql-built-from-parts
        cursor.execute("UPDATE stock SET count = ? WHERE name = ?", (count, name))
    # ok: sql-built-from-parts
    cursor.execute(f"SELECT name FROM {table}")
    # ok: sql-built-from-parts
    cursor.execute(f"SELECT name FROM stock WHERE name IN ({places})", rows)
    # ok: sql-built-from-parts
    cursor.execute("UPDATE stock SET note = '{}'")
