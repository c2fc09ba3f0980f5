"""The engine: journeys, their steps, and those who watch."""
