package a

import (
	"net/http"
	"os/exec"
)


func run(w http.ResponseWriter, r *http.Request) {
	host := r.FormValue("host")
	// ruleid: command-injection
	exec.Command("sh", "-c", "ping -c 1 "+host).Run()
	// ruleid: command-injection
	exec.CommandContext(r.Context(), host).Run()
	// ok: command-injection
	exec.Command("ping", "-c", "1", "--", host).Run()
}
