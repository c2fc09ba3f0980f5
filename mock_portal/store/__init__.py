"""What the portal remembers, and the site pack that it reads once."""
