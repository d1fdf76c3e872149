"""Sketches: what is kept of a text to find and compare it. Shingles and signature (minhash), candidates (lsh)."""
