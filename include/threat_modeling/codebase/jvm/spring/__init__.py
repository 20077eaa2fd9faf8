"""Spring: what its annotations, its routers and its security say of a route."""
