module.exports = { attributes: { title: { type: "string" } } };
