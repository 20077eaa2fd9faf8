module.exports.routes = {
  "GET /": { view: "pages/home" },
  "POST /login": "UserController.login",
  "/find/:name": { action: "user/find-one" },
};
