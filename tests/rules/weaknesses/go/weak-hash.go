package a

import (
	"crypto/md5"
	"crypto/sha256"
)

func sums(data []byte) {
	// ruleid: weak-hash
	first := md5.Sum(data)
	// ok: weak-hash
	second := sha256.Sum256(data)
}
