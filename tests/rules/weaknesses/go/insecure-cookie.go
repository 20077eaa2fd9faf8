package a

import "net/http"

func login(w http.ResponseWriter, r *http.Request) {
	// ruleid: insecure-cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "x"})
	// ok: insecure-cookie
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "x", Secure: true, HttpOnly: true})
	// ok: insecure-cookie
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark"})
}
