use mongodb::Collection;

async fn run(parcels: Collection<Parcel>, names: Vec<String>) {
    // ruleid: mongodb
    let client = mongodb::Client::with_uri_str("mongodb://localhost").await;
    // ruleid: mongodb
    parcels.insert_one(parcel).await;
    // ok: mongodb
    names.find("a");
}
