module.exports = {
  login: async function (req, res) {
    return res.json(await check(req.body.name));
  },
};
