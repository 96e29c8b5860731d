"""A picture's file becomes an array."""
