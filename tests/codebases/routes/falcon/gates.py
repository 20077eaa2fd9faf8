import falcon


class Tokens:
    def process_request(self, req, resp):
        if req.path == "/tickets/status":
            return
        if req.get_header("Authorization") is None:
            raise falcon.HTTPUnauthorized()


def admin_only(req, resp, resource, params):
    if req.context.user.role != "admin":
        raise falcon.HTTPForbidden()
