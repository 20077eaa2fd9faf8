"""Phase 5: one agent joins weaknesses, gaps and flows into scored threats."""
