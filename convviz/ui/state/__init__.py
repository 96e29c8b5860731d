"""What the link and the session hold."""
