package a

import (
	"net/http"
	"os/exec"
	"github.com/gin-gonic/gin"
)


func std(w http.ResponseWriter, r *http.Request) {
	// ruleid: requests
	exec.Command(r.URL.Query().Get("cmd"))
	// ok: requests
	exec.Command("ls")
}

func framework(c *gin.Context) {
	var in struct{ Name string }
	if err := c.ShouldBindJSON(&in); err != nil {
		return
	}
	// ruleid: requests
	exec.Command(in.Name)
	// ruleid: requests
	exec.Command(c.Param("cmd"))
	// ok: requests
	exec.Command(c.FullPath())
}
