"""The rules of the portal: plain Python, with time and chance handed in."""
