"""What the pipeline sees of the labelled pairs, on the real corpus and on corpora made from it.

A *view* is of one corpus: the features of every labelled pair, whether the pipeline would look at the pair at all, and
whether the two texts are equal (then it looks no further). The real corpus as it is gives one view; the others ask
what the judgement rests on:

    undated       no article has a date
    by article    words and phrases are counted in articles, prints of one dispatch and all
    a sample      50, 500 or 5,000 articles: some labelled ones and others by chance
    reprinted     every labelled article is run by 30 more outlets, word for word or with edits

Samples and reprints are written as files and read by the pipeline's own reader, so that whatever it learns from a
corpus, it has to learn from that one.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.background import BITS, frequent, story_counts, with_formulas
from benchmarks.labelled import suspects_mates
from dedup import intake, pipeline
from dedup.arabic.fold import fold_column
from dedup.intake import Corpus, restricted
from dedup.match.features import SENTENCES, Suspects, among, evidence, promising
from dedup.match.rarity import LENGTHS, Background, Printed, distinct_phrases, prints
from dedup.match.vocabulary import Vocabulary, vocabulary
from dedup.near import Distinct, distinct_texts, near_identical
from dedup.settings import MIN_WORDS, RARE_PHRASE, RARE_WORD, Settings
from dedup.sketch.fingerprints import related_stories
from dedup.sketch.lsh import packed
from dedup.sketch.minhash import joined, sketch

Names = list[tuple[str, str]]
Records = dict[str, dict[str, Any]]
"""The records of the corpus as its files hold them, by the id that the tool gives the article."""

Desk = Callable[[str, int, Random], str]
"""What an outlet does to a text: its number among the outlets and a random generator decide."""

OUTLETS_MORE = 30


@dataclass(frozen=True, slots=True)
class View:
    """Of n labelled pairs: ``features`` (n, k), whether they are ``suspected``, whether their texts are ``equal``."""

    features: npt.NDArray[np.float64]
    suspected: npt.NDArray[np.bool_]
    equal: npt.NDArray[np.bool_]

    def undated(self) -> View:
        """The same where no date is known."""
        features = self.features.copy()
        features[:, list(SENTENCES).index("days_apart")] = np.nan
        return replace(self, features=features)


def view(read: Corpus, names: Names, known: Background | None, pool: ThreadPoolExecutor, by_story: bool = True) -> View:
    """What the pipeline sees of the named pairs in a corpus; ``known`` is the background table it may use.

    With ``by_story`` false, phrases and the holders of fingerprints are counted in articles.
    """
    distinct = distinct_texts(read.sketches)
    near = near_identical(read.sketches, distinct, Settings().jaccard, pool)
    if by_story:
        suspected = pipeline.suspected(read, distinct, near, pipeline.days(read), known, pool)
        suspects, phrases, story = suspected.suspects, suspected.phrases, suspected.story
    else:
        suspects, phrases, story = _by_article(read, distinct, near.pairs.packed(), known, pool)
    first = np.arange(len(read.sketches), dtype=np.int64)
    for group in distinct.copies:
        first[group] = group[0]
    rows = {name: row for row, name in enumerate(read.articles["id"].to_pylist())}
    one, other = (first[[rows[pair[side]] for pair in names]] for side in (0, 1))
    pairs = packed(np.minimum(one, other), np.maximum(one, other))
    wanted, place = np.unique(pairs, return_inverse=True)
    looked_at = Suspects.of(phrases, wanted, pool.map)
    seen = evidence(read.sketches, pipeline.days(read), phrases, looked_at, pool.map)
    mates = suspects_mates(read, suspects, phrases, story, pool)
    features = among(mates, np.minimum(one, other), np.maximum(one, other), seen.features[place])
    return View(features, np.isin(pairs, suspects.pairs), one == other)


def _by_article(
    read: Corpus, distinct: Distinct, near: npt.NDArray[np.uint64], known: Background | None,
    pool: ThreadPoolExecutor,
) -> tuple[Suspects, Vocabulary, npt.NDArray[np.int64]]:  # fmt: skip
    """What ``pipeline.suspected`` gives where every article is a story of its own."""
    every = np.flatnonzero(read.sketches.words >= MIN_WORDS)
    phrases = vocabulary(read.sketches.running(), pipeline.headlines(read, known), every, every, known, pool.map)
    related = related_stories(read.sketches, distinct.firsts, np.arange(len(read.sketches), dtype=np.int64))
    story = np.arange(len(read.sketches), dtype=np.int64)
    return promising(phrases, related, near, pool.map), phrases, story


@dataclass(frozen=True, slots=True)
class Reference:
    """The corpus that background tables are made of: its sketches, the fullest article of everyone's group of prints,
    and the table of all of it."""

    read: Corpus
    story: npt.NDArray[np.int64]
    table: Background

    @classmethod
    def of(cls, read: Corpus, pool: ThreadPoolExecutor) -> Reference:
        """Group the prints of a corpus and count its phrases."""
        distinct = distinct_texts(read.sketches)
        near = near_identical(read.sketches, distinct, Settings().jaccard, pool).pairs
        printed = Printed(intake.outlet_codes(read.articles["outlet"]), pipeline.days(read).known)
        story = prints(near, read.sketches.running(), printed, pool.map).fullest
        for group in distinct.copies:
            story[group] = story[group[0]]
        firsts = np.unique(story[distinct.firsts])
        return cls(read, story, frequent(read.sketches, firsts))

    def without(self, articles: set[str]) -> Background:
        """The table that the corpus makes without the stories of which these articles are prints.

        Counts are sums over stories, so those of the stories left out are subtracted. The whole corpus has as many
        stories as such a table or more and so borrows nothing of it; hence no view of it needs one.
        """
        ids = self.read.articles["id"].to_pylist()
        tested = np.unique(self.story[[row for row, name in enumerate(ids) if name in articles]])
        left_out = tested[self.read.sketches.words[tested] >= MIN_WORDS]
        theirs = np.zeros(len(ids), np.bool_)
        theirs[left_out] = True
        words = self.read.sketches.running()
        addresses, counts = [], []
        for place, length in enumerate(LENGTHS):
            counters = story_counts(distinct_phrases(words, theirs, length))
            at, before = self.table.addresses[place], self.table.counts[place]
            after = before - counters[at >> np.uint32(32 - BITS)]
            kept = after > (RARE_WORD if length == 1 else RARE_PHRASE)
            addresses.append(at[kept])
            counts.append(after[kept])
        return with_formulas(Background(tuple(addresses), tuple(counts), self.table.stories - len(left_out)))


def records(zips: Sequence[Path]) -> Records:
    """The records of the zips."""
    found: Records = {}
    for path in zips:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                found |= {f"{name}#{n}": record for n, record in enumerate(json.loads(archive.read(name)))}
    return found


def sample(held: Records, names: Names, size: int, others: Sequence[str], random: Random, path: Path) -> None:
    """Write the articles of ``names`` and others by chance, ``size`` in all, as JSONL."""
    chosen = {article for pair in names for article in pair}
    fill = [article for article in random.sample(others, min(len(others), size + len(chosen))) if article not in chosen]
    ordered = sorted([*chosen, *fill[: max(0, size - len(chosen))]])
    _write({article: held[article] for article in ordered}, path)


def reprints(held: Records, articles: Sequence[str], desk: Desk, random: Random, path: Path) -> None:
    """Write each of ``articles`` as 30 more outlets run it, each after its desk has been at it, as JSONL."""
    copies: Records = {}
    for article in articles:
        for n in range(OUTLETS_MORE):
            content = desk(held[article]["content"], n, random)
            copies[f"{article}/outlet{n}"] = {**held[article], "content": content, "source": f"outlet{n}"}
    _write(copies, path)


def light_desk(text: str, number: int, random: Random) -> str:
    """A third runs it word for word, a third cuts up to 15 % from the end, a third changes 1 % of the words."""
    if number % 3 == 0:
        return text
    if number % 3 == 1:
        words = text.split(" ")
        return " ".join(words[: len(words) - int(0.15 * random.random() * len(words))])
    return _reworded(text, 0.01, random)


def paragraph_desk(text: str, number: int, random: Random) -> str:
    """Leaves out a paragraph, or a sentence where there is but one paragraph, of texts that have more than three."""
    mark = "\n" if "\n" in text.strip() else "."
    pieces = text.split(mark)
    left_out = random.randrange(len(pieces))
    return mark.join([*pieces[:left_out], *pieces[left_out + 1 :]]) if len(pieces) > 3 else text


def rewording_desk(text: str, number: int, random: Random) -> str:
    """Changes 2 % of the words."""
    return _reworded(text, 0.02, random)


def _reworded(text: str, share: float, random: Random) -> str:
    """Some words, scattered, replaced by others of the same text."""
    words = text.split(" ")
    for place in random.sample(range(len(words)), int(share * len(words))):
        words[place] = random.choice(words)
    return " ".join(words)


def _write(chosen: Records, path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        for article, record in chosen.items():
            out.write(json.dumps({"id": article, **record}, ensure_ascii=False) + "\n")


def unmarked(read: Corpus) -> Corpus | None:
    """The corpus with nothing marked but what stands before the body of a text, and no segment cut off; None if
    nothing else is marked."""
    whole = np.ones(len(read.sketches), np.bool_)
    whole[list(read.segments)] = False
    kept = restricted(read, whole)
    parts = []
    for batch in kept.articles.to_batches():
        folded = fold_column(batch.column("text"))
        body = np.repeat(batch.column("body_start").to_numpy(), np.diff(folded.first_token))
        parts.append(sketch(folded, folded.span_start < body))
    sketches = joined(parts)
    return None if np.array_equal(sketches.stream, kept.sketches.stream) else replace(kept, sketches=sketches)
