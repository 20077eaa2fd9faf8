package a

import (
	"net/http"
	"github.com/gin-gonic/gin"
)


func back(w http.ResponseWriter, r *http.Request) {
	// ruleid: open-redirect
	http.Redirect(w, r, r.FormValue("next"), http.StatusFound)
	// ok: open-redirect
	http.Redirect(w, r, "/items/"+r.FormValue("id"), http.StatusFound)
}

func other(c *gin.Context) {
	// ruleid: open-redirect
	c.Redirect(302, c.Query("next"))
}
