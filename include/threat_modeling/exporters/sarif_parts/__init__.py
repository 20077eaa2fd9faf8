"""The parts of a SARIF log: findings, rules made of them, and places."""
