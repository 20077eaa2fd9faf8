exports.other = async () => ({ statusCode: 204 });

exports.listed = async (event) => {
  return { statusCode: 200, body: event.path };
};
