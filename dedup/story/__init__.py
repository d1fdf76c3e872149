"""Stories: which articles belong together (clusters)."""
