"""Reads the target: walks, parses, resolves, and reports what it observes. Nothing here writes or runs anything of it."""
