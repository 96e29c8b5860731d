"""The Equivariance page."""
