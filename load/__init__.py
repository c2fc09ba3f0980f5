"""Load: Locust users, flows, thresholds and benchmarks."""
