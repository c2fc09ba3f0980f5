"""The rules of the Payment Platform, in plain Python."""
