"""The Effective field page."""
