package a

import "github.com/golang-jwt/jwt/v5"

func claims(text string) {
	// ruleid: jwt-not-verified
	token, parts, err := new(jwt.Parser).ParseUnverified(text, jwt.MapClaims{})
	// ok: jwt-not-verified
	checked, err := jwt.Parse(text, keyFunction)
}
