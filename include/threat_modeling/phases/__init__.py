"""The six phases in their order: the only list in the product."""
