module.exports = {
  Query: {
    parcels: (_, { page }) => load(page),
  },
  Mutation: {
    lose(_, { parcel }) {
      return remove(parcel);
    },
  },
};
