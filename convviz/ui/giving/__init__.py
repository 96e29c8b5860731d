"""What a person can take along: exports, scene files, links."""
