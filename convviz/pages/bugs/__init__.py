"""The Bugs page."""
