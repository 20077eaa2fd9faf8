export default async () => new Response("parcels");

export const config = { path: "/parcels/:parcel", method: ["PUT"] };
