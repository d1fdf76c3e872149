"""Every number that decides something, with where it comes from.

Two groups: :class:`Settings` may be changed by the user (all of them are options of the command line), the constants
above it may not, because nobody can judge them from outside. ``fingerprint`` covers what makes two sketches comparable,
so a stored sketch can refuse one of another make. (Which words count, marks decide text by text.)
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

SHINGLE_WORDS = 5
"""Words in a shingle. Word 5-grams are the field's usual choice (text-dedup, datasketch examples); on the 1,137
labelled Saudi pairs plain 3-grams and 5-grams reach the same best F1 (0.86), and 5 leaves the fewer candidates."""

NUM_PERM = 128
"""Minima in a signature; the standard error of an estimate from it is sqrt(J(1-J)/128) <= 0.044. datasketch's default,
so signatures can be loaded into its indexes as they are."""

SEED = 1
"""Seed of the permutations; datasketch's default."""

WANTED_RECALL = 0.995
"""Share of pairs at exactly the asked Jaccard that banding must turn into candidates; :func:`dedup.sketch.lsh.choose`
derives bands and rows from it (0.5 gives 42 bands of 3 rows, 0.9963). Pairs above the threshold are found more surely:
at Jaccard 0.7 all but 2e-8."""

MIN_WORDS = 12
"""Unmarked words under which an article is *too short*: seven shingles or fewer, where one shared formula
("the custodian of the two holy mosques" is five words) already looks like a copy. Of the labelled pairs called the same
story none has a side under 12 words."""

BUCKET_LIMIT = 1_000
"""Distinct texts in one LSH bucket above which not all pairs of the bucket become candidates (a million would cost
5e11 comparisons). The largest bucket of the 22,953 real articles holds 17."""

BUCKET_REACH = 32
"""In an overfull bucket each text is compared with this many that follow it in canonical order."""

COPY_PAIRS_LIMIT = 1_000
"""Articles in a group of identical texts above which a pairs file no longer lists every pair of the group (a thousand
already make 499,500 lines) but each article with the group's first; the cluster holds them all the same."""

FINGERPRINT_WORDS, FINGERPRINT_WINDOW = 3, 4
"""Words in a fingerprinted phrase, and neighbouring phrases of which one is kept: any run of 6 unmarked words that two
texts share gives them a fingerprint in common."""

FINGERPRINT_HOLDERS = 50
"""Stories that may hold a fingerprint for it to make candidates; beyond that it is a formula. Measured on the 22,486
articles of 14 days: 25 holders give 3.7 pairs an article, 50 give 5.8, 100 give 8; the labelled pairs of one story are
all found by each. 50 leaves room for a corpus in which a dispatch is reworded by more outlets."""

FINGERPRINTS_SHARED = 2
"""Fingerprints two stories must share to be compared. With 1 the 5.8 pairs an article become 52; with 3 the first of
the labelled pairs are lost (recall 0.986)."""

TIGHT_JACCARD = 0.8
"""Jaccard to its group's first article from which an article counts as a print of the same text. Looser groups chain
bulletins and telegrams together, which then look like one story and rare (F1 on
labelled pairs 0.89 instead of 0.94)."""

RARE_WORD, RARE_PHRASE = 60, 12
"""Stories that may hold a word, or a phrase of two or three words, for it to count as rare. 12: of the 3-grams of
14 days 99.7 % are held by fewer stories, and the rest are formulas, titles and dates. A word needs more room: a name
in the news for a week is in dozens of stories."""

RARE_TITLE_WORD = 200
"""The same for words of titles, which are few and chosen: even a word of 200 stories says something there."""

COLLECTED_SPAN_DAYS = 7
"""Days over which a corpus must have been collected for the day of collection to stand in for an unknown day of
publication. A crawl of one afternoon says nothing about when a story ran."""

LEAST_RARE_PHRASES = 2
"""Rare phrases of three words a suspected pair must share to be judged at all. Of 160,241 suspected pairs of 14 days
half share fewer than 2, and 2 of these would reach a probability of one half."""

PROBABILITY_FLOOR = 0.1
"""Pairs of lower probability are not listed (unless they reach --jaccard or share a rare passage): moving --threshold
below 0.1 would mean calling nine unrelated pairs the same story for each that is."""

PASSAGE_WORDS = 25
"""Rare phrases in one run from which a pair shares a passage that is no formula: 27 words, some two printed lines."""

UNLISTED_ODDS = -2.5
"""Log-odds that a pair counts which was not listed: its probability is under the floor of 0.1 (-2.2); -2.5 is 0.08."""

STRANGERS_ODDS = -2.0
"""Mean log-odds under which two clusters have nothing to do with each other, so that an article in agreement with both
is a round-up: less than a tenth of the pairs between them may look alike. (Two halves of one story score above.)"""

ROUND_UP_STORIES = 3
"""Stories, strangers to each other, that an article must agree with to be a round-up. With 2, an article that carries
a second story below its own would leave its cluster: of the labelled pairs of one story 0.92 would stay together, not
0.95."""

MOST_ODDS = 8.0
"""Limit of one pair's log-odds (0.9997): a single sure pair can outweigh two or three unlisted ones, not ten."""

CLUSTER_ODDS = 0.5
"""Mean log-odds above the threshold's from which groups are merged (at --threshold 0.5 a probability of 0.62). Of -0.5,
0, 0.5, 1 the one at which labelled pairs of one story still share a cluster (0.954) and templates hardly do (0.014)."""

BATCH_BYTES = 2 << 20
"""Text bytes a record batch aims at: with its folded copy and token table it stays near the cache of one core, a corpus
is still cut finely enough to share among workers, and what a batch costs whatever its size (some 40 calls of Arrow and
numpy) is small beside it. Measured, near copies of 97 MB on two cores, processor time: 0.5 MB 0.95 s, 1 MB 0.84 s,
2 MB 0.78 s, 4 MB 0.79 s."""

ARCHIVE_RATIO = 200
"""Unpacked bytes per packed byte above which an archive is taken for a bomb. The 14 archives of real Arabic news
measured unpack to 3.6-3.7 times their size; deflate cannot do more than 1,032, and bombs are built near that."""

ARCHIVE_FREE_BYTES = 64 << 20
"""Unpacked bytes that any archive may have whatever its ratio: a file of a hundred thousand empty records packs to a
five-hundredth and is harmless."""

ARCHIVE_TOTAL_BYTES = 64 << 30
"""Unpacked bytes of one zip in all: a thousand times the year's output of a newspaper (a paper's 60 articles a day are
some 70 MB a year at 3.2 kB each)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set; defaults are the tool's recommendation."""

    jaccard: float = 0.5
    """Near-identical pairs to list: exact Jaccard of word 5-grams at or above this."""

    threshold: float = 0.5
    """Probability from which a pair counts as the same story."""

    window_days: int | None = None
    """Compare only articles published at most this many days apart; None: no limit."""

    workers: int = 0
    """Threads; 0 means as many as the machine has cores. Never changes a result."""

    max_record: int = 64 << 20
    """Longest record in bytes. The longest real news page seen is under 1 MB; a book of two million words is 25 MB."""

    text_field: str | None = None
    title_field: str | None = None
    outlet_field: str | None = None
    date_field: str | None = None
    byline_field: str | None = None
    id_field: str | None = None
    url_field: str | None = None
    """Names of record fields; None: recognised by the usual names."""

    lexicon: str | None = None
    """File of the user's own entries: agencies, furniture, outlets; None: only what the tool brings."""

    keep_furniture: bool = False
    """Take every text as it stands: nothing is marked, so nothing is left out of similarity and nobody is credited."""

    marks: bool = False
    """Whether the report gives the span of every mark, or only counts them."""

    credited_to: tuple[str, ...] = ()
    exclude_credited_to: tuple[str, ...] = ()
    """Take in only the articles that credit one of these sources; leave out those that do."""

    texts: str = "none"
    """What article text the report carries: ``none`` or ``full``."""

    def threads(self) -> int:
        """Threads to use: those asked for, or one for each core this process may run on."""
        allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        return self.workers or len(allowed)

    def fingerprint(self) -> str:
        """16 hex digits of what makes signatures comparable: hash, scheme, folding, shingles, permutations."""
        decisive = ("xxh3_64", "affine32", FOLD_VERSION, SHINGLE_WORDS, NUM_PERM, SEED)
        return hashlib.sha256(repr(decisive).encode()).hexdigest()[:16]

    def described(self) -> dict[str, object]:
        """The settings that shape a result, for the report: no workers, no output options."""
        chosen = dataclasses.asdict(self)
        del chosen["workers"]
        if self.lexicon is not None:
            chosen["lexicon"] = hashlib.sha256(Path(self.lexicon).read_bytes()).hexdigest()[:16]
        return {
            **chosen,
            "shingle_words": SHINGLE_WORDS,
            "num_perm": NUM_PERM,
            "seed": SEED,
            "wanted_recall": WANTED_RECALL,
            "min_words": MIN_WORDS,
            "probability_floor": min(PROBABILITY_FLOOR, self.threshold),
            "passage_words": PASSAGE_WORDS,
            "fingerprint": self.fingerprint(),
        }


FOLD_VERSION = 1
"""Raised whenever folding changes a single token; part of the fingerprint."""

REPORT_FORMAT = "dedup-report"
"""First value in every JSON report, by which readers know one lying in an input folder."""
