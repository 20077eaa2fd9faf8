"""Sessions that are killed at random."""
