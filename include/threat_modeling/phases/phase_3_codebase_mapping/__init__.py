"""Phase 3: one agent per component maps what the code exposes and moves."""
