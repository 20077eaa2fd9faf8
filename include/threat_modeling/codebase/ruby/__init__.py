"""Ruby: lowering, constants across files, and what its frameworks share."""
