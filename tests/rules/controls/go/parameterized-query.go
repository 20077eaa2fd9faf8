package a

import (
	"database/sql"
)

func f() {
	// ruleid: parameterized-query
	db.Query("SELECT a FROM b WHERE c = $1", c)
	// ok: parameterized-query
	db.Query("SELECT a FROM b")
}
