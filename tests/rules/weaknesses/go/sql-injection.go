package a

import (
	"net/http"
	"database/sql"
	"fmt"
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)


var db *sql.DB

func find(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	// ruleid: sql-injection
	rows, err := db.Query("SELECT * FROM users WHERE name = '" + name + "'")
	// ruleid: sql-injection
	db.QueryRowContext(r.Context(), fmt.Sprintf("SELECT * FROM users WHERE name = '%s'", name))
	// ok: sql-injection
	db.Query("SELECT * FROM users WHERE name = $1", name)
	// ok: sql-injection
	db.Query(fmt.Sprintf("SELECT * FROM users LIMIT %d", len(name)))
	load(name)
}

func load(name string) {
	query := "SELECT * FROM users WHERE name = '" + name + "'"
	// ruleid: sql-injection
	db.Exec(query)
}

func orm(c *gin.Context, db *gorm.DB) {
	// ruleid: sql-injection
	db.Where("name = '" + c.Query("name") + "'").Find(nil)
	// ok: sql-injection
	db.Where("name = ?", c.Query("name")).Find(nil)
	// ruleid: sql-injection
	db.Order(c.Query("sort")).Find(nil)
}
