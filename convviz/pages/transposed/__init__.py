"""The Transposed page."""
