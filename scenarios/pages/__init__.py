"""Page objects: what a person can do and see on each page of each system."""
