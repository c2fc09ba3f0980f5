"""Keeps orders, parcels and their histories."""
