"""Kinds of credits, and how sure each is.

Confidences order the kinds by how sure their place is; they are set by hand and not calibrated. What is right and wrong
in all is measured by benchmarks/marks.py. A picture's credit is a "closing" one and has a confidence of its own, by
which it is told from the text's.
"""

from __future__ import annotations

PICTURE = 0.75
"""Confidence of a closing credit that is a picture's: it is right as often, but says nothing of who wrote the text."""
CONFIDENCE = {
    "byline": 0.98, "dateline": 0.98, "source": 0.97, "closing": 0.95, "parenthesis": 0.93, "attribution": 0.95,
    "mention": 0.8, "picture": PICTURE,
}  # fmt: skip
DOUBTFUL = {kind: round(sure - 0.05, 2) for kind, sure in CONFIDENCE.items()}
"""The same where the name is also a word."""
