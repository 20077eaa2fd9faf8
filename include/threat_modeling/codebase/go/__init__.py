"""Go: how its grammar is lowered, what its packages name, and how an application of it sets up its routes."""
