package a

import (
	"net/http"
	"fmt"
	"html"
	"html/template"
	"encoding/json"
)


func hello(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	// ruleid: cross-site-scripting
	fmt.Fprintf(w, "<h1>Hello %s</h1>", name)
	// ruleid: cross-site-scripting
	w.Write([]byte("<p>" + name))
	// ok: cross-site-scripting
	fmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(name))
	// ruleid: cross-site-scripting
	trusted := template.HTML(name)
	out, err := json.Marshal(name)
	// ok: cross-site-scripting
	w.Write(out)
	// ok: cross-site-scripting
	fmt.Println(name)
}
