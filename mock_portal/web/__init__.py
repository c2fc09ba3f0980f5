"""The front door of the portal: pages for citizens and officers, and the core for machines."""
