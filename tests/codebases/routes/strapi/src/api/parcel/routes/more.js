module.exports = {
  routes: [
    { method: "GET", path: "/parcels/lost", handler: "parcel.lost", config: { auth: false } },
    { method: "POST", path: "/parcels/:id/found", handler: "api::parcel.parcel.found", config: { policies: ["is-clerk"] } },
  ],
};
