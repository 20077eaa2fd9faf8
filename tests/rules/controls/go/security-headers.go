package a

import (
	"github.com/unrolled/secure"
)

func f() {
	// ruleid: security-headers
	secure.New(options)
	// ok: security-headers
	print(1)
}
