"""Matches: exact overlap of candidate pairs (compare)."""
