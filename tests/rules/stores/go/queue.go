package a

import "github.com/nats-io/nats.go"

func open() {
	// ruleid: queue
	conn, err := nats.Connect("url")
	// ok: queue
	conn.Close()
}
