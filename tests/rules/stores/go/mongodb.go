package a

import "go.mongodb.org/mongo-driver/mongo"

func open() {
	// ruleid: mongodb
	client, err := mongo.Connect(nil)
	posts := client.Database("a").Collection("posts")
	// ruleid: mongodb
	posts.InsertOne(nil, 1)
	// ok: mongodb
	posts.Name()
}
