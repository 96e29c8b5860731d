"""Controls, cached computation and shared parts of pages."""
