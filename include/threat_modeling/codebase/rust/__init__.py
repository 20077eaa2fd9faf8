"""Rust: how its grammar is lowered, which files its modules are, and how an application of it sets up its routes."""
