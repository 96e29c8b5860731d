"""How the two sample animals are painted: brushes, fur, eyes, backdrops, and the animals."""
