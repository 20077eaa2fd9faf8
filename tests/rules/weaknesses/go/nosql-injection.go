package a

import (
	"net/http"
	"encoding/json"
	"io"
	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)


type coupon struct{ Code string }

func check(w http.ResponseWriter, r *http.Request, client *mongo.Client) {
	var filter bson.M
	body, err := io.ReadAll(r.Body)
	err = json.Unmarshal(body, &filter)
	coupons := client.Database("shop").Collection("coupons")
	// ruleid: nosql-injection
	coupons.FindOne(r.Context(), filter)
	var in coupon
	json.NewDecoder(r.Body).Decode(&in)
	// ok: nosql-injection
	coupons.FindOne(r.Context(), bson.M{"code": in.Code})
	// ok: nosql-injection
	coupons.FindOne(r.Context(), bson.D{{Key: "code", Value: r.FormValue("code")}})
}
