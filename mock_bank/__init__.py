"""Stands in for the banks: sign-in, consent, one-time password, double-entry ledger."""
