package a

import "net/http"

func call() {
	// ruleid: http-client-with-method
	http.NewRequest("GET", "https://api.example.com/x", nil)
	// ok: http-client-with-method
	http.NotFoundHandler()
}
