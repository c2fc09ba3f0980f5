"""The citizens' journeys: what people do across the houses, told once and read in many ways."""
