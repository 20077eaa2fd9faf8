"""JAX-RS: what its annotations, its applications and its filters say of a route."""
