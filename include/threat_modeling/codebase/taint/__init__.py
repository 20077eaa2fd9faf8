"""Follows values that an attacker sets through the syntax tree, inside a function, between functions and between files."""
