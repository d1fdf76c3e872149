"""What the tool achieves and what it costs: measured, on real articles, by one command a claim.

Run from the repository's root, ``python -m benchmarks.<name>``; the names, the figures and the machine are in
README.md, whose tables ``python -m benchmarks.tables`` fills from ``results/*.json``.
"""
