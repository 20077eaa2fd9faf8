package a

import (
	"crypto/rand"
)

func f() {
	// ruleid: secure-random
	rand.Read(buffer)
	// ok: secure-random
	print(1)
}
