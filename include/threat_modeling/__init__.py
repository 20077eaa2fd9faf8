"""Turns a codebase into a threat model whose every statement cites checked code. Never imports airflow."""
