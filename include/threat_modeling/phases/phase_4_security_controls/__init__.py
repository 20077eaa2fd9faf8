"""Phase 4: one agent per concern finds the controls that protect it and those that are missing."""
