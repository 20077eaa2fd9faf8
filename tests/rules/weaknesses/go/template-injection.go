package a

import (
	"net/http"
	"html/template"
)


func render(w http.ResponseWriter, r *http.Request) {
	// ruleid: template-injection
	page, err := template.New("page").Parse("<p>" + r.FormValue("text") + "</p>")
	// ok: template-injection
	fixed, err := template.New("page").Parse("<p>{{.}}</p>")
	fixed.Execute(w, r.FormValue("text"))
}
