package a

import "github.com/redis/go-redis/v9"

func open() {
	// ruleid: redis
	client := redis.NewClient(&redis.Options{})
	// ok: redis
	client.Close()
}
