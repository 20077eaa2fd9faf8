module.exports.policies = {
  "*": "signed-in",
  UserController: { login: true },
};
