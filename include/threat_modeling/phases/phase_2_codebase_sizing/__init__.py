"""Phase 2: how large the target is, what it is made of and how phase 3 is spread over agents. Nobody is asked after it."""
