"""Numbers that decide something, with where they come from.

Two groups: :class:`Settings` may be changed by the user (all of them are options of the command line), the constants
above it may not, because nobody can judge them from outside. What is decided in one place only stands there.
``fingerprint`` covers what makes two signatures comparable; a report carries it. (Which words count, marks decide text
by text.)
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
from dataclasses import dataclass

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

BUCKET_REACH, LEAST_REACH = 32, 8
"""In an overfull bucket each text is compared with the first and with 32 that follow it in canonical order; with fewer
where the corpus has too many such buckets, but with 8 before smaller buckets count as overfull, too. Of 20,000 pages of
one template (two of 220 words changed) strips of 32 are 113 pairs a page, for each band has other buckets; of 16 79."""

PAIRS_LEAST, PAIRS_AN_ARTICLE, LOOKED_AT = 1_000_000, 100, 4
"""Pairs that may come of banding, pairs of related stories that may be judged beside these, and pairs that may follow
from equal texts: a million each, or 100 an article if that is more. The 22,953 real articles have 0.4 an article from
banding and 3 that are judged; 26 come from banding where 30 more outlets run each labelled article, edited, and 150
would where nothing but stories in 300 wordings is read. A pair that is judged costs 2.5 microseconds and 0.8 kB:
20,000 pages of one template had 943 pairs each from banding, and took 17 GB. A pair of related stories that is only
looked at costs 0.6 microseconds and 60 bytes, and most such pairs are dropped then; so there may be four times as many:
7 an article of the real ones, 198 with the 30 outlets more."""

COPY_PAIRS_LIMIT = 1_000
"""Articles in a group of identical texts above which a pairs file no longer lists every pair of the group (a thousand
already make 499,500 lines) but each article with the group's first; the cluster holds them all the same."""

FINGERPRINT_WORDS, FINGERPRINT_WINDOW = 3, 4
"""Words in a fingerprinted phrase, and neighbouring phrases of which one is kept: any run of 6 unmarked words that two
texts share gives them a fingerprint in common."""

EVERY_PHRASE_WORDS = 1_500_000
"""Words of a corpus, some 5,000 articles, up to which every phrase is a fingerprint. Of the labelled pairs of one story
in four invented corpora of ninety articles 0.81 to 0.98 become candidates where phrases are winnowed, 0.97 to 0.98
where none is left out. Samples of 2,000, 5,000, 8,000 articles of 14 days then have 8, 14, 18 pairs an article instead
of 2, 3, 4 (before their rare phrases are counted; 0.6, 1.7, 2.7 after), which takes 6, 16, 43 ms more."""

FINGERPRINT_HOLDERS = 50
"""Stories that may hold a fingerprint for it to make candidates; beyond that it is a formula. Measured on the 22,486
articles of 14 days: 25 holders give 3.7 pairs an article, 50 give 5.8, 100 give 8; the labelled pairs of one story are
all found by each. 50 leaves room for a corpus in which a dispatch is reworded by more outlets."""

FINGERPRINTS_SHARED = 2
"""Fingerprints two stories must share to be compared. With 1 the 5.8 pairs an article become 52; with 3 the first of
the labelled pairs are lost (recall 0.986)."""

PRINT_JACCARD = 0.5
"""Jaccard from which two articles may be prints of one text: a desk that leaves out a third of a dispatch leaves 0.67
of its shingles, one that changes 2 % of the words 0.82, two of these together 0.67. Of the labelled pairs under 0.5
some are formulas only."""

PRINT_SHARE, PRINT_NUMBERS = 0.86, 0.1
"""Part of an article's phrases of three words that a fuller one must have, and part of its numbers that it may lack,
for it to count as a print of the fuller one. Telegrams to two heads of state share up to 0.8, weather bulletins of two
days 0.85, two prints of which each desk changed 2 % of the words 0.89 in the mean. F1 on labelled pairs changes by
0.004 at most when 30 outlets more run each article cut or reworded; with 0.9 by 0.32, with prints at Jaccard 0.8 by
0.18. Looser groups, chained, take bulletins and telegrams for one story (F1 0.89 instead of 0.97)."""

PRINT_ALIKE, PRINT_DAYS, PRINT_SERIES, PRINT_END = 0.93, 1, 2, 5
"""Part of the fuller text's phrases that a print must have to be forgiven one number, the most days between the two
printings, and further articles of one outlet that lack one number of each other from which they are a series of
bulletins: a desk brings a dispatch again once, with a later toll, hardly twice. Last, the words at the end of a page
among which its own number stands ("read 4,821 times", "telephone 4821"). Another number in a text of 60 words
leaves 0.95 of its phrases of three words, one in a line of its own at the end more; a print of which a word was changed
as well leaves 0.94 of a text of 100."""

RARE_WORD, RARE_PHRASE = 100, 10
"""Stories that may hold a word, or a phrase of two or three words, for it to count as rare. 10: of the 3-grams of
14 days 99.6 % are held by fewer stories, and the rest are formulas, titles and dates. A word needs more room: a name
in the news for a week is in dozens of stories. F1 on labelled pairs, cross-validated: for phrases of 7, 8, 10, 12, 16
with words of 100 0.973, 0.977, 0.982, 0.978, 0.983; for words of 60, 100, 150, 250 with phrases of 10 0.979, 0.982,
0.977, 0.976."""

OPENING_WORDS, OPENING_NUMBERS, OPENING_DAYS = 50, 24, 35
"""How much of a text is its opening: distinct words of which the rare ones are looked for in the other text; words of
which the numbers are; words among which the first day of the week is looked for. Log loss on labelled pairs,
cross-validated, with 20, 30, 40, 50, 60, 80 distinct words: 0.075, 0.073, 0.070, 0.068, 0.068, 0.071 (without: 0.074);
with the numbers of the first 20, 24, 28 words, about a sentence: 0.077, 0.068, 0.073 (without: 0.080). With the days of
the first 25, 30, 35, 40, 50, 60 words 0.070, 0.071, 0.071, 0.073, 0.073, 0.073, and F1 0.986, 0.987, 0.986, 0.985,
0.984, 0.985. (Of 25 to 35 the last was taken with a look at pairs that are only tested.)"""

HEADLINE_WORDS, HEADLINE_LETTERS = 40, 1_000
"""Words of a headline that are looked at, and code points in which they are looked for. The longest of 22,953 has 20
different words; a broken record may head its article with all of it."""

MOST_OF_CORPUS = 0.5
"""Part of a corpus beyond which the outlet that printed it may as well be the folder it was collected in. If all were
said to be of one outlet, F1 of the labelled pairs would be 0.95, of other corpora 0.71 to 0.87, instead of 0.99 and
0.86 to 0.96; without any outlets it is the same but of officials' formulas, 0.67 instead of 0.74."""

COLLECTED_SPAN_DAYS = 7
"""Days over which a corpus must have been collected for the day of collection to stand in for an unknown day of
publication. A crawl of one afternoon says nothing about when a story ran."""

MOST_DAYS = 14
"""Days apart beyond which further ones say nothing more: the labelled pairs are of 14 days, so nothing was learned of
any that are."""

LEAST_RARE_PHRASES = 2
"""Rare phrases of three words a suspected pair must share to be judged at all. Of 162,990 suspected pairs of 14 days
91,677 share fewer than 2, and none of these would reach a probability of one half, 39 one of a tenth."""

NEIGHBOUR_PROBABILITY = 0.5
"""Probability from which a pair leads to others. Not the user's threshold: a pairs file can be cut at another one only
if it holds the same pairs whatever it was made with."""

NEIGHBOURS_ASKED = 16
"""Most probable neighbours of an article that are asked whether they are one story with each other: at most 120 pairs
an article. In 14 days an article has 24 such neighbours at most, and 0.3 % have 16 or more."""

PROBABILITY_FLOOR = 0.1
"""Pairs of lower probability are not listed (unless they reach --jaccard or share a rare passage): moving --threshold
below 0.1 would mean calling nine unrelated pairs the same story for each that is."""

MATE_JACCARD = 0.15
"""Jaccard from which two texts, one without everyday numbers of the other, are casts of one mould. F1 of labelled
pairs, cross-validated, with 0.12 or 0.15 0.986 (without mates 0.982); labelled template pairs in one cluster, held out,
with 0.15 2 of 220 (without 4). Lacking 6 to 8 rare words made mates, too, in a trial (0.984 to 0.987, 1.3 of 220): a
quarter of the pairs of one story then have some, a tenth with numbers alone, and a corpus in which desks leave out
paragraphs loses more (0.978 instead of 0.979)."""

PASSAGE_WORDS = 25
"""Rare phrases in one run from which a pair shares a passage that is no formula: 27 words, some two printed lines."""

PASSAGE_SEEDS = (4, 16, 64)
"""Seeds that a phrase of one, two, three words may give a pair of texts (2 x 2, 4 x 4, 8 x 8 places); beyond that it is
too common in these two texts to say where they agree. This and the next six were chosen on one half of the documents of
ExAra 2015 and held against 1,500 passages put into news (``benchmarks/passages.py``); figures are plagdet. (1, 4, 16)
gives shuffled words 0.94 instead of 0.98, (9, 36, 144) nothing more."""

PASSAGE_GAP = 25
"""Tokens without a seed that a passage may hold, one or two sentences. From 15 to 30 verbatim, shuffled phrases,
synonyms and paraphrases together stay between 0.926 and 0.937; with 10 paraphrases fall apart (0.48 instead of 0.81),
with 40 passages of news on both sides of a hole are joined (0.92 instead of 0.98)."""

PASSAGE_REACH, PASSAGE_DENSE, PASSAGE_ORDERED = 60, 0.75, 0.25
"""The second look, for shuffled words: how far apart seeds may lie, and how similar the stretches must be. A reach of
25 gives shuffled words 0.92, of 40 to 80 0.98; from 0.6 to 0.9 the similarity decides next to nothing, since shuffled
words are all there. Left out are passages of which a quarter of the matched words begin a phrase of three words in
common; left in, they are joined across holes (0.92 instead of 0.98 on news)."""

PASSAGE_CHANCE = 0.2
"""Part of the words that would be anchors in two stretches that share nothing. 0.15 to 0.2 do best by both measures;
with 0.1 passages fray (verbatim news 0.98 instead of 0.99), with 0.3 paraphrases are cut short (0.63 instead of
0.81)."""

PASSAGE_ANCHORS = 4
"""Words a piece must have in seeds before it may be joined with others to a passage: with 6 the pieces of a shuffled
paragraph are lost (0.79 instead of 0.99), with 2 chance adds to the ends."""

PASSAGE_LEAST, PASSAGE_SHORTEST = 18, 6
"""Words a passage has at least, in both texts: a sentence and a half. 12 finds titles and verses that hundreds of texts
quote (verbatim 0.89 instead of 0.94); 25 misses what news quotes (0.96 instead of 0.98). In a short text half of its
words are enough, if they are 6, the shortest run that is sure to hold a fingerprint where phrases are winnowed. (One
fingerprint makes no pair: a passage is looked for in pairs that are known for more.)"""

PASSAGE_SIMILARITY = 0.4
"""Similarity a passage has at least. 0.3 and 0.5 give the same; 0.6 loses paraphrases (0.55 instead of 0.81)."""

FORMULA_RARE_PART = 0.3
"""Part of the phrases of three words shared in a passage that must be rare for it not to be a formula, unless as many
are rare as the shortest passage has in all. On the labelled Saudi pairs of 14 days this calls 87 % of the passages of
templates formulas, and of the text of passages of one story 0.6 %; with 0.5 it is 90 % and 1.5 %, and without the
exception 88 % and 1.4 %."""

UNLISTED_ODDS = -3.0
"""Log-odds that a pair counts which was not listed: its probability is under the floor of 0.1 (-2.2); -3 is 0.047, the
middle of what is under it. So in a chain A-B-C without A-C a pair of 0.95 (2.94) brings in no third."""

STRANGERS_ODDS = -2.0
"""Mean log-odds under which two clusters have nothing to do with each other, so that an article in agreement with both
is a round-up: less than a tenth of the pairs between them may look alike. (Two halves of one story score above.)"""

ROUND_UP_STORIES = 3
"""Stories, strangers to each other, that an article must agree with to be a round-up. With 2, an article that carries
a second story below its own would leave its cluster: of the labelled pairs of one story 0.92 would stay together, not
0.95."""

TIED_ODDS = -1.5
"""Mean log-odds (0.18, twice the least that is listed) from which an article that has but one other of its own story is
tied to a further one. Asked of all articles it would take long reports for round-ups: of the labelled pairs of one
story 0.947 would stay together, not 0.965; asked of these it costs none."""

MOST_ODDS = 8.0
"""Limit of one pair's log-odds (0.9997): a single sure pair can outweigh two or three unlisted ones, not ten."""

CLUSTER_ODDS = 13 / 32
"""Mean log-odds above the threshold's from which groups are merged (0.6 at a threshold of 0.5): a cluster that holds
two stories costs its reader more than two clusters of one. Labelled pairs of one story in one cluster, and templates
in one, held out: 0 0.962 and 0.023, 0.2 0.960 and 0.023, 0.3 0.960 and 0.020, 0.375 0.958 and 0.014, 0.4 0.957 and
0.012, 0.5 0.947 and 0.011, 0.75 0.938 and 0.009, 1 0.919 and 0.009. (A sum of halves, so that a mean at the limit is
not rounded.)"""

FAMILY_SHARE, FAMILY_STORIES = 0.2, 3
"""Containment (of the shorter text's shingles) from which a pair judged a formula makes two stories of one family, and
stories a family has at least. Under 0.2 the court's list of attending princes is enough to tie a reception to a
funeral; two stories from one mould are a coincidence, three are a habit."""

REFERENCES = 8
"""Members of a story, at most, that are compared with all the others to find its shared text: the medoid, then each
time the one with the most words not found shared so far. Up to nine different texts that is every pair that can still
show something; a story of thousands costs nine comparisons a member."""

OWN_WINDOW, OWN_SUPPORT = 30, 0.15
"""A stretch of 30 words (two or three sentences) of which at most 15 % stand in a phrase of two words that another
member has too is a member's own. In the 14 stories of the seeds rewrites have no such stretch or one of 14 % of
their words, articles with paragraphs of their own 30 to 41 %."""

PARTLY_OWN, LEAST_SHARED = 0.22, 0.1
"""Own share above which a member is only partly derived, and shared share under which it is not derived. 0.22 is the
middle of the 14 % and 30 % above; of the derived members of the seeds none shares less than 59 %, and under a tenth is
a sentence, which a formula can explain."""

HOLDS_ALL = 0.95
"""Part of a text's words that must stand in passages of another for the other to hold all of it: all but a headline's
worth of a short item, which may be reworded."""

FROM_THERE = 0.5
"""Part of an article's words that must stand in passages of another for it to count as taken from there: the greater
half. In the real corpus nine articles that credit an outlet of their story and took it over have 0.86 to 1 from there;
one that only mentions it has 0.25."""

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
    """Mark nothing: nothing but its title is left out of a text's similarity, and nobody is credited."""

    marks: bool = False
    """Whether the report gives the span of every mark, or only counts them."""

    credited_to: tuple[str, ...] = ()
    exclude_credited_to: tuple[str, ...] = ()
    """Take in only the articles that credit one of these sources; leave out those that do. By id or by name; a report
    has the ids."""

    texts: str = "none"
    """What text the report carries: ``none``, ``shared`` (the shared passages of each story) or ``full``."""

    def threads(self) -> int:
        """Threads to use: those asked for, or one for each core this process may run on."""
        allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        return self.workers or len(allowed)

    def fingerprint(self) -> str:
        """16 hex digits of what makes signatures comparable: hash, scheme, folding, shingles, permutations."""
        decisive = ("xxh3_64", "affine32", FOLD_VERSION, SHINGLE_WORDS, NUM_PERM, SEED)
        return digits_of(repr(decisive).encode())

    def described(self, lexicon: str | None) -> dict[str, object]:
        """The settings for the report: those that shape the result and those that say what of it the report carries
        (``texts``, ``marks``), but not ``workers``; of the user's lexicon the :func:`digits_of` what was read."""
        chosen = dataclasses.asdict(self)
        del chosen["workers"]
        return {
            **chosen,
            "lexicon": lexicon,
            "shingle_words": SHINGLE_WORDS,
            "num_perm": NUM_PERM,
            "seed": SEED,
            "wanted_recall": WANTED_RECALL,
            "min_words": MIN_WORDS,
            "probability_floor": min(PROBABILITY_FLOOR, self.threshold),
            "passage_words": PASSAGE_WORDS,
            "fingerprint": self.fingerprint(),
        }


def digits_of(data: bytes) -> str:
    """16 hex digits by which one content is told from another."""
    return hashlib.sha256(data).hexdigest()[:16]


FOLD_VERSION = 2
"""Raised whenever folding changes a single token; part of the fingerprint."""

REPORT_FORMAT = "dedup-report"
"""First value in every JSON report, by which readers know one lying in an input folder."""

TABLES = {
    "stories": (
        "story_id", "size", "outlets", "first_published", "last_published", "medoid", "origin_kind", "origin_id",
        "origin_name", "confidence", "evidence", "passages",
    ),
    "members": (
        "story_id", "article_id", "path", "outlet", "title", "published", "published_precision", "collected", "url",
        "byline", "words", "credits", "shared_share", "own_share", "derived", "text_xxh64",
    ),
    "passages": (
        "story_id", "number", "of", "of_passage_start", "of_passage_end", "words", "article_id", "start", "end",
        "of_start", "of_end", "similarity", "quote",
    ),
    "outlets": (
        "outlet", "articles", "words", "in_stories", "story_share", "wholly", "partly", "shared_words",
        "shared_word_share", "repeats",
    ),
    "outlet_sources": ("outlet", "id", "name", "articles", "article_share", "credited", "words", "word_share"),
    "outlet_pairs": (
        "first", "second", "stories", "together", "together_share", "after", "after_share", "median_lag_minutes",
    ),
    "credits": ("article_id", "start", "end", "kind", "agency", "name", "confidence"),
}  # fmt: skip
"""Columns of the tables that ``--csv`` writes, by which readers know one lying in an input folder."""
