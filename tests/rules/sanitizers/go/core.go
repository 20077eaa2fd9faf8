package a

import (
	"net/http"
	"path/filepath"
	"os"
	"strconv"
	"os/exec"
	"strings"
)


func clean(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	// ruleid: core
	os.Open("files/" + name)
	// ok: core
	os.Open("files/" + filepath.Base(name))
	full := filepath.Join("/srv", name)
	if strings.HasPrefix(full, "/srv/") {
		// ok: core
		os.Open(full)
	}
	number, err := strconv.Atoi(name)
	// ok: core
	exec.Command("sh", "-c", "kill "+strconv.Itoa(number))
}
