package a

import (
	"golang.org/x/time/rate"
)

func f() {
	// ruleid: rate-limiting
	rate.NewLimiter(1, 2)
	// ok: rate-limiting
	print(1)
}
