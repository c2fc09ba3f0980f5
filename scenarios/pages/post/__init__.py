"""Pages of the post."""
