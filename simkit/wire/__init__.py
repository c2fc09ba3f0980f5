"""How a house speaks to others: every message is journalled with its raw bytes."""
