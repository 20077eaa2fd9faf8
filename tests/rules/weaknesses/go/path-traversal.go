package a

import (
	"net/http"
	"os"
	"path/filepath"
)


func show(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	// ruleid: path-traversal
	file, err := os.Open(filepath.Join("/srv/files", name))
	// ruleid: path-traversal
	http.ServeFile(w, r, "files/"+name)
	// ok: path-traversal
	os.ReadFile(filepath.Join("/srv/files", filepath.Base(name)))
	// ok: path-traversal
	os.ReadFile("/etc/app.conf")
}
