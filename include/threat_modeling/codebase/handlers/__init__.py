"""What each HTTP handler of a target does with its request: which values it reads, whose identity it knows, which records it touches."""
