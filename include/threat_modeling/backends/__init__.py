"""Who runs a role: one file a backend."""
