"""Lowering Kotlin beyond the entry point in languages/: one file a kind of node."""
