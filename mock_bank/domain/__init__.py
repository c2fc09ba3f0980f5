"""The rules of the banks."""
