"""What is left of the overlap when only the spelling changes: twelve edits on 1,500 real articles.

For each article and edit the Jaccard similarity of the word 5-grams of the original and of the edited text, averaged
over the articles that the edit changed at all; beside ours the same for what other tools do to a text before they cut
shingles:

    str.split         nothing (the examples of datasketch and rensa)
    \\W split          lower case, split at every character that is no Unicode word character (text-dedup)
    punctuation off   lower case, a fixed list of punctuation deleted, diacritics taken off by NFD, numbers to 0
                      (after datatrove's ``simplify_text``)

An edit that moves no word boundary must leave 1.00 here; a lower row needs a reason, and
:data:`REASONS` gives it. Originals are NFC, so that decomposing them is an edit.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from random import Random

from benchmarks.articles import articles, days, parser
from benchmarks.edits import EDITS, Edit
from benchmarks.results import Figures, markdown, met, save
from dedup.arabic.fold import fold
from dedup.settings import MIN_WORDS, SHINGLE_WORDS

SAMPLE, SEED = 1_500, 20150721
REASONS: dict[str, str] = {}
"""Edit to the reason why its row may be below 1.00; such a row is not held to it."""

_PUNCTUATION = str.maketrans("", "", "!\"#%&'()*+,-./:;<=>?@[\\]^_`{|}~«»“”„’–—…")
Tokens = Callable[[str], list[str]]


def folded(text: str) -> list[str]:
    """Our own tokens."""
    return [token.folded for token in fold(text)]


def punctuation_off(text: str) -> list[str]:
    """After datatrove's simplify_text: lower case, no punctuation, no diacritics, numbers as 0."""
    kept = unicodedata.normalize("NFD", text.lower().translate(_PUNCTUATION))
    return re.sub(r"\d+", "0", "".join(c for c in kept if unicodedata.category(c) != "Mn")).split()


def word_characters(text: str) -> list[str]:
    """After text-dedup: lower case, split at what is no word character."""
    return [word for word in re.split(r"\W", text.lower()) if word]


TOKENS: dict[str, Tokens] = {
    "this tool": folded,
    "str.split": str.split,
    r"\W split": word_characters,
    "punctuation off": punctuation_off,
}


def shingles(words: Sequence[str]) -> set[str]:
    """Distinct word 5-grams."""
    return {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}


def jaccard(one: set[str], other: set[str]) -> float:
    """Shared over all."""
    return len(one & other) / len(one | other) if one | other else 1.0


def kept(originals: Sequence[str], edited: Sequence[str], tokens: Tokens) -> list[float]:
    """Jaccard of each text before and after."""
    return [
        jaccard(shingles(tokens(before)), shingles(tokens(after)))
        for before, after in zip(originals, edited, strict=True)
    ]


def row(name: str, rule: str, edit: Edit, texts: Sequence[str]) -> Figures:
    """One edit: how many texts it changed, and the mean overlap that is left under each tokenisation."""
    random = Random(f"{SEED} {name}")
    changed = [(text, after) for text in texts if (after := edit(text, random)) != text]
    left = {
        system: kept([before for before, _ in changed], [after for _, after in changed], tokens)
        for system, tokens in TOKENS.items()
    }
    return {
        "edit": name,
        "rule": rule,
        "changed": len(changed),
        "jaccard": {system: round(sum(values) / len(values), 4) for system, values in left.items()},
        "below_one": sum(value < 1 for value in left["this tool"]),
        "least": round(min(left["this tool"]), 4),
    }


def sample(texts: Sequence[str]) -> list[str]:
    """SAMPLE texts long enough to compare, in NFC."""
    long_enough = [text for text in texts if len(text.split()) >= MIN_WORDS]
    return [unicodedata.normalize("NFC", text) for text in Random(SEED).sample(long_enough, SAMPLE)]


def reached(figures: Figures) -> bool:
    """True when every row without a reason is exactly 1."""
    return all(line["below_one"] == 0 or line["edit"] in REASONS for line in figures["rows"])


def table(figures: Figures) -> str:
    """The result as Markdown."""
    rows = [
        (line["edit"], line["rule"], f"{line['changed']:,}", *(f"{value:.2f}" for value in line["jaccard"].values()))
        for line in figures["rows"]
    ]
    below = [
        f"- {line['edit']}: {line['below_one']} articles below 1, the least {line['least']:.3f}. "
        f"{REASONS.get(line['edit'], '**No reason is known.**')}"
        for line in figures["rows"]
        if line["below_one"]
    ]
    reasons = "\n".join(below) + "\n" if below else "In no article of any row is ours below 1.\n"
    head = ("edit", "rule", "articles changed", *TOKENS)
    return (
        f"{figures['articles']:,} articles; mean Jaccard of word 5-grams before and after.\n\n{markdown(head, rows)}\n"
        f"{reasons}\nWanted: 1.00 where no word boundary moves, {met(reached(figures))}.\n"
    )


def main() -> None:
    """Measure, print, save; exit code 1 where a row is below 1 without a reason."""
    arguments = parser(__doc__).parse_args()
    zips = days(arguments.shared)
    texts = sample([article.text for article in articles(zips)])
    figures: Figures = {"articles": len(texts), "seed": SEED, "rows": [row(*rule, texts) for rule in EDITS]}
    save("spelling", zips, figures)
    print(table(figures))
    sys.exit(not reached(figures))


if __name__ == "__main__":
    main()
