package a

import (
	"golang.org/x/crypto/bcrypt"
)

func f() {
	// ruleid: password-hashing
	bcrypt.GenerateFromPassword(nil, 12)
	// ok: password-hashing
	bcrypt.Cost(nil)
}
