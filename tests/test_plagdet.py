"""The scorer gives what is worked out by hand, and reads the annotations as they are written."""

from __future__ import annotations

import math
import zipfile
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from benchmarks import exara, splices
from benchmarks.plagdet import Reuse, covered, scored


def reuse(here: tuple[int, int], there: tuple[int, int], document: str = "a", source: str = "b") -> Reuse:
    return Reuse(document, source, here, there)


CASE = reuse((100, 200), (300, 400))


def test_the_case_itself_scores_one() -> None:
    assert scored([CASE], [CASE])[:4] == (1, 1, 1, 1)


def test_nothing_found_and_nothing_to_find_score_nothing() -> None:
    assert scored([CASE], [])[:4] == (0, 0, 0, 1)
    assert scored([], [CASE])[:4] == (0, 0, 0, 1)
    assert scored([], [])[:4] == (0, 0, 0, 1)


def test_both_sides_count_in_recall_and_precision() -> None:
    half_here = reuse((100, 150), (300, 400))
    score = scored([CASE], [half_here])
    assert (score.recall, score.precision) == (0.75, 1)
    twice_as_long = reuse((100, 300), (300, 400))
    score = scored([CASE], [twice_as_long])
    assert (score.recall, score.precision) == (1, round(200 / 300, 4))
    assert score.plagdet == round(2 * (2 / 3) / (5 / 3), 4)


def test_two_pieces_cost_granularity() -> None:
    pieces = [reuse((100, 150), (300, 350)), reuse((150, 200), (350, 400))]
    score = scored([CASE], pieces)
    assert score[:4] == (round(1 / math.log2(3), 4), 1, 1, 2)


def test_granularity_is_counted_over_the_cases_that_are_seen() -> None:
    unseen = reuse((500, 600), (700, 800))
    pieces = [reuse((100, 150), (300, 350)), reuse((150, 200), (350, 400))]
    score = scored([CASE, unseen], pieces)
    assert (score.granularity, score.recall, score.unseen) == (2, 0.5, 1)


def test_what_overlaps_on_one_side_only_or_elsewhere_is_false() -> None:
    for wrong in (
        reuse((100, 200), (500, 600)),
        reuse((300, 400), (300, 400)),
        reuse((200, 300), (400, 500)),
        CASE._replace(source="c"),
        CASE._replace(document="c"),
    ):
        score = scored([CASE], [CASE, wrong])
        assert (score.precision, score.recall, score.false) == (0.5, 1, 1)


def test_cases_and_detections_weigh_the_same_whatever_their_length() -> None:
    long_case = reuse((1_000, 9_000), (1_000, 9_000))
    score = scored([CASE, long_case], [CASE])
    assert (score.recall, score.precision) == (0.5, 1)
    assert scored([CASE, long_case], [CASE, reuse((0, 9), (0, 9))]).precision == 0.5


def test_a_character_covered_twice_counts_once() -> None:
    assert covered((10, 30), [(0, 15), (12, 20), (12, 18), (25, 40)]) == 15
    again = reuse((100, 150), (300, 400))
    assert scored([CASE], [CASE, again]).recall == 1


def test_a_detection_that_joins_two_cases_is_whole_and_seen_once_by_each() -> None:
    other = reuse((200, 300), (400, 500))
    joined = reuse((100, 300), (300, 500))
    assert scored([CASE, other], [joined])[:4] == (1, 1, 1, 1)


def annotation(name: str, features: str) -> tuple[str, str]:
    return f"plagiarism-annotation/{name}.xml", f'<document reference="{name}.txt">{features}</document>'


FEATURE = (
    '<feature name="plagiarism" this_offset="5" this_length="7" source_reference="s1.txt" source_offset="2" '
    'source_length="9" obfuscation="{}" type="artificial"/>'
)


def corpus(folder: Path, annotations: list[tuple[str, str]]) -> Path:
    file = folder / "exara.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("source-documents/s1.txt", "مصدر")
        for name, content in annotations:
            document = name.removeprefix("plagiarism-annotation/").replace(".xml", ".txt")
            archive.writestr(f"suspicious-documents/{document}", f"نص {document}")
            archive.writestr(name, content)
    return file


def test_annotations_are_read_as_stretches_on_both_sides(tmp_path: Path) -> None:
    file = corpus(tmp_path, [annotation("d1", FEATURE.format("word shuffling")), annotation("d2", "")])
    known = exara.read(file)
    assert known.cases == (Reuse("d1.txt", "s1.txt", (5, 12), (2, 11)),)
    assert known.kind == {"d1.txt": "words shuffled", "d2.txt": None}
    assert known.suspicious == {"d1.txt": "نص d1.txt", "d2.txt": "نص d2.txt"}
    assert known.development() == {"d1.txt"}


def test_a_document_with_two_kinds_of_disguise_is_refused(tmp_path: Path) -> None:
    both = FEATURE.format("none") + FEATURE.format("word shuffling")
    with pytest.raises(ValueError, match=r"d1.txt has passages of several kinds \(none, word shuffling\)"):
        exara.read(corpus(tmp_path, [annotation("d1", both)]))


def test_the_annotations_of_the_real_corpus_lie_inside_its_texts(shared: Path) -> None:
    known = exara.read(exara.path(shared))
    assert len(known.cases) > 500
    for case in known.cases:
        assert 0 <= case.here[0] < case.here[1] <= len(known.suspicious[case.document])
        assert 0 <= case.there[0] < case.there[1] <= len(known.sources[case.source])


@pytest.mark.parametrize("name", splices.CHANGES)
def test_a_spliced_passage_stands_where_its_case_says(name: str) -> None:
    host, donor = (" ".join(f"{sign}{n}،" for n in range(200)) for sign in "حد")
    for seed in range(20):
        text, known = splices.splice(host, donor, splices.CHANGES[name], Random(seed), "one")
        assert len(known) == (2 if name == "a hole inside" else 1)
        for case in known:
            here, there = text[slice(*case.here)].split(), donor[slice(*case.there)].replace("،", "").split()
            common = Counter(here) & Counter(there)
            assert common.total() >= 0.6 * len(there)
            assert donor.count(there[0] + "،") == 1
            if name in ("verbatim", "a hole inside"):
                assert here == there
            assert text[case.here[1]] == " "
        outside = text[: known[0].here[0]] + text[known[-1].here[1] + 1 :]
        assert outside == host


def test_news_without_a_passage_is_left_as_it_is() -> None:
    texts = [" ".join(f"{sign}{n}" for n in range(150)) for sign in "ابتثج"]
    made = splices.spliced([texts], 2)
    assert len(made) == 2 * (len(splices.CHANGES) + 1)
    assert [known for name, text, _, known in made if name == "nothing put in" and text in texts] == [[], []]
