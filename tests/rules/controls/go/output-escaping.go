package a

import (
	"html"
)

func f() {
	// ruleid: output-escaping
	html.EscapeString(a)
	// ok: output-escaping
	html.UnescapeString(a)
}
