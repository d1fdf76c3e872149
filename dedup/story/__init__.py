"""Stories: which articles belong together, what they share, where it comes from, who runs whose stories."""
