"""Sketches: what is kept of a text to find and compare it. Shingles, signature and words
(minhash), candidates (lsh, fingerprints)."""
