"""Arabic text: folding, and what in a text is not the story."""
