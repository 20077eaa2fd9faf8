"""The phases, a folder each. An agent imports what its own phase needs, so nothing here imports one; `order` lists them."""
