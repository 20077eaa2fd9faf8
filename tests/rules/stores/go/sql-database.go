package a

import "database/sql"

func open() {
	// ruleid: sql-database
	db, err := sql.Open("postgres", "dsn")
	// ruleid: sql-database
	db.Query("SELECT 1")
	// ok: sql-database
	db.Ping()
}
