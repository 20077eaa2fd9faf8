"""Phase 6: turns threats into tests that a person or a scanner can run."""
