package a

import "crypto/tls"

func configs() {
	// ruleid: unsafe-tls-version
	old := &tls.Config{MinVersion: tls.VersionTLS10}
	// ok: unsafe-tls-version
	recent := &tls.Config{MinVersion: tls.VersionTLS12}
}
