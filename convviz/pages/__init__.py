"""A folder for each page, each with one ``render()`` in its ``page.py``."""
