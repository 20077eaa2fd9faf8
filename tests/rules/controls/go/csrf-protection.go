package a

import (
	"github.com/gorilla/csrf"
)

func f() {
	// ruleid: csrf-protection
	csrf.Protect(key)
	// ok: csrf-protection
	csrf.Token(r)
}
