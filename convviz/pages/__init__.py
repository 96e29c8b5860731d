"""One module for each page, each with one ``render()``."""
