"""A step of a loop, drawn without a browser."""
