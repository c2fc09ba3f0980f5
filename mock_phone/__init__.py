"""Stands for the citizen's own phone and mailbox: what arrives there, per world."""
