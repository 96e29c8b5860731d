"""What runs in the browser: plain JavaScript, and for each component the Python that shows it."""
