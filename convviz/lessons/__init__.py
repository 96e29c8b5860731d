"""What goes wrong in homework, run for real: three classic bugs, and the check that should find them."""
