package a

import "math/rand"

func newToken() string {
	// ruleid: insecure-random
	token := rand.Intn(1000000)
	return string(token)
}

func shuffle(cards []int) {
	// ok: insecure-random
	position := rand.Intn(len(cards))
}
