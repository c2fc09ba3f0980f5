"""Fixtures: the browser and the systems, as the journeys have them."""

from scenarios.conftest import browser_type_launch_args, environment

__all__ = ["browser_type_launch_args", "environment"]
