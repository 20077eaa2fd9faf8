package a

import (
	"crypto/aes"
	"os"

	"github.com/golang-jwt/jwt/v5"
	"github.com/gorilla/sessions"
)

var key = []byte("k3y-of-the-application")

func sign(claims jwt.Claims) {
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	// ruleid: hardcoded-key
	signed, err := token.SignedString(key)
	// ok: hardcoded-key
	other, err := token.SignedString([]byte(os.Getenv("JWT_KEY")))
	// ruleid: hardcoded-key
	store := sessions.NewCookieStore([]byte("something-very-secret"))
	// ruleid: hardcoded-key
	block, err := aes.NewCipher([]byte("0123456789abcdef"))
}
