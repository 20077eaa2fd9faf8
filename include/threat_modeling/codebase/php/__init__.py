"""PHP: lowering, autoloading across files, and what its frameworks share."""
