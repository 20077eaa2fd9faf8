package a

import "os"

func files() {
	// ruleid: files
	os.ReadFile("a")
	// ruleid: files
	os.WriteFile("a", nil, 0o600)
	// ok: files
	os.Getenv("A")
}
