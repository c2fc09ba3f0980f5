"""The rules of the phone: who can be reached, what arrives, how it is read."""
