package a

import "net/http"

func call() {
	// ruleid: http-client
	http.Get("https://api.example.com/x")
	// ok: http-client
	http.NotFoundHandler()
}
