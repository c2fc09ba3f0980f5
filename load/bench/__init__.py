"""Benchmarks: two things measured in turn on one machine, and their ratio. No test asserts a time.

Run one with ``python -m load.bench.lookup`` and so on; each prints both sides, the ratio pair by
pair, and the median. Servers listen on loopback, end by themselves and by pid.
"""
