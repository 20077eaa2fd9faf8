package a

import (
	"os"
)

func f() {
	// ruleid: secrets-from-environment
	os.Getenv("API_KEY")
	// ok: secrets-from-environment
	os.Getenv("PORT")
}
