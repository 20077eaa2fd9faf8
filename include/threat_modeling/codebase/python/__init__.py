"""What the Python language and its frameworks share: lowering of expressions, imports, guards."""
