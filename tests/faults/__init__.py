"""One fault test per row of the recovery guide."""
