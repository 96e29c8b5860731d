"""A class that uses the running app at once: ``python -m benchmarks.load``."""
