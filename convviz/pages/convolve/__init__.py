"""The Convolve page."""
