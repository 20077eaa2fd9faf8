package a

import (
	"net/http"
	"strings"
)


func fetch(w http.ResponseWriter, r *http.Request) {
	target := r.FormValue("url")
	// ruleid: ssrf
	resp, err := http.Get(target)
	// ruleid: ssrf
	req, err := http.NewRequest("GET", "http://"+target+"/status", nil)
	// ok: ssrf
	http.Get("https://api.example.com/items/" + target)
	// ok: ssrf
	http.Get("https://example.com")
}
