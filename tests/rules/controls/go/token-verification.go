package a

import (
	"github.com/golang-jwt/jwt/v5"
)

func f() {
	// ruleid: token-verification
	jwt.Parse(text, key)
	// ok: token-verification
	jwt.New(method)
}
