package a

import "crypto/tls"

func configs() {
	// ruleid: tls-verification-off
	open := &tls.Config{InsecureSkipVerify: true}
	// ok: tls-verification-off
	checked := &tls.Config{MinVersion: tls.VersionTLS12}
	// ruleid: tls-verification-off
	checked.InsecureSkipVerify = true
}
