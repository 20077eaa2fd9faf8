"""Who runs a role: one file a backend."""

from __future__ import annotations

MEMORY_LIMIT = 4 * 1024**3
"""Bytes of address space an agent may use."""
TASK, OUTPUT = "task.json", "output.json"
"""What an agent's process reads and what it leaves, in a folder of its own."""
