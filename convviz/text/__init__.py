"""What people read: languages, the field's words, numbers in sentences."""
