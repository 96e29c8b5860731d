"""The As a matrix page."""
