package a

import (
	"net/http"

	"github.com/gin-contrib/cors"
)

func answer(w http.ResponseWriter, r *http.Request) {
	// ruleid: cors-any-origin
	w.Header().Set("Access-Control-Allow-Origin", "*")
	// ok: cors-any-origin
	w.Header().Set("Access-Control-Allow-Origin", "https://app.example.com")
	// ruleid: cors-any-origin
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	// ruleid: cors-any-origin
	open := cors.New(cors.Config{AllowAllOrigins: true})
	// ok: cors-any-origin
	some := cors.New(cors.Config{AllowOrigins: []string{"https://app.example.com"}})
}
