"""The front door of the banks."""
