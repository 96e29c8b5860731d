"""What goes wrong in homework, run for real: classic bugs, and the check that should find them."""
