"""Keeps what has arrived, and wakes who waits for it."""
