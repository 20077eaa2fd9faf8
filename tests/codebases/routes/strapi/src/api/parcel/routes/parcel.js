module.exports = createCoreRouter("api::parcel.parcel", { except: ["delete"] });
