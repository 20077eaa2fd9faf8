package a

import (
	// ruleid: debug-endpoints
	_ "net/http/pprof"
	// ok: debug-endpoints
	"net/http"
)
