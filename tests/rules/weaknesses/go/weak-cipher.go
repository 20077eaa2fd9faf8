package a

import (
	"crypto/aes"
	"crypto/des"
)

func ciphers(key []byte) {
	// ruleid: weak-cipher
	first, err := des.NewCipher(key)
	// ok: weak-cipher
	second, err := aes.NewCipher(key)
}
