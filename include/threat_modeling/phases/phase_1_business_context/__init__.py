"""Phase 1: what the application is for, what it holds, who would want it and what a loss would cost. Never skipped."""
