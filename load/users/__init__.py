"""The kinds of people who come."""
