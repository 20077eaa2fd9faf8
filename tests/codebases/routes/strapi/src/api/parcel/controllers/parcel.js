const { createCoreController } = require("@strapi/strapi").factories;

module.exports = createCoreController("api::parcel.parcel", ({ strapi }) => ({
  async lost(ctx) {
    return strapi.db.query("api::parcel.parcel").findMany();
  },
}));
