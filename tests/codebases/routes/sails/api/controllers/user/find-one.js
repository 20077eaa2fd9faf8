module.exports = {
  inputs: { name: { type: "string" } },
  fn: async function (inputs, exits) {
    return exits.success(inputs.name);
  },
};
