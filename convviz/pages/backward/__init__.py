"""The Backward page."""
