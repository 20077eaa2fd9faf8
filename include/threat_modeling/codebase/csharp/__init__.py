"""C#: how its grammar is lowered, where its types are declared, and what its frameworks serve."""
