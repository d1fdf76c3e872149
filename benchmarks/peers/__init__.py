"""One program a system: JSONL in, verified pairs out, seconds a stage on stdout. ``speed`` runs them in turn.

All take ``INPUT.jsonl PAIRS.jsonl`` and find pairs of articles with Jaccard >= 0.5 of word 5-grams, from 128
permutations, verified exactly. The clock starts after the imports. Each peer keeps its usual tokens (``str.split``, as
its documentation shows) and its own default banding for the threshold, so it finds other pairs than we do, and fewer:
``speed`` counts which of its own true pairs it found.
"""
