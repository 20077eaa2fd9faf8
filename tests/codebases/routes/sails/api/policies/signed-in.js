module.exports = async function (req, res, proceed) {
  if (!req.session.userId) {
    return res.forbidden ? res.status(401).send() : res.status(401).send();
  }
  return proceed();
};
