"""Draws a data-flow diagram as SVG: graph -> collapse -> layout -> svg."""
