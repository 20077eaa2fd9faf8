package a

import (
	"crypto/cipher"
)

func f() {
	// ruleid: encryption
	cipher.NewGCM(block)
	// ok: encryption
	print(1)
}
