"""Benchmarks: speed as a ratio to a floor measured in the same run, never asserted by wall time."""
