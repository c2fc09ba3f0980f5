"""The front doors of the post: orders from customers, look-ups by everybody."""
