def track(req): return req.params["number"]
