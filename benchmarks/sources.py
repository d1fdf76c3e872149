"""Where stories come from: the tool's answer beside what readers say.

    seeds    every story of the invented corpus: its origin; every credit; how each article of a cluster is derived
    real     stories of the real corpus with an agency's byline in a member, the byline fields taken away: the origin
             named for the story that holds the labelled article is right, wrong, or unknown

Right is also "unknown" where the readers found nothing. Naming one where they found none counts as wrong. The labels
of the real stories are no one's to tune on. What was tuned (which attributions make an origin, how sure each testimony
is) was looked at on :func:`development` stories, a third of all by a hash of their id, without the labelled ones; the
byline that was taken away stands in for a reader there.

Of what is wrong, at most WRONG_AT_MOST.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import xxhash

from benchmarks.articles import ROOT, days, parser
from benchmarks.results import Figures, markdown, met, save
from dedup import pipeline
from dedup.arabic.lexicon import load
from dedup.model import Cluster, Origin, Report
from dedup.story.voices import HEAD_OR_FOOT

LABELS = ROOT / "benchmarks" / "labels"
SEEDS = ROOT / "seeds"
_SEGMENT = re.compile(r"/\d+$")
REAL = LABELS / "origins-saudinewsnet.tsv"
WRONG_AT_MOST = 0.03
_DERIVED = {"none": "not"}


def labels(kind: str) -> list[dict[str, str]]:
    """The lines of both label files of the seeds of one kind."""
    found = []
    for name in ("stories", "traps"):
        with (LABELS / f"{name}-{kind}.tsv").open(encoding="utf-8") as lines:
            found += list(csv.DictReader(lines, delimiter="\t"))
    return found


class Answers:
    """What a report says of each article: its cluster and the origin named for it."""

    def __init__(self, report: Report) -> None:
        self.cluster_of: dict[str, Cluster] = {m.id: c for c in report.clusters for m in c.members}
        self.alone: dict[str, Origin] = {one.id: one.origin for one in report.articles if one.origin is not None}

    def origin(self, articles: Sequence[str]) -> Origin | None:
        """The origin of a story: that of the cluster with most of its articles, else what one of them says alone."""
        held = Counter(self.cluster_of[name].id for name in articles if name in self.cluster_of)
        if held:
            best = held.most_common(1)[0][0]
            return next(c.origin for c in self.cluster_of.values() if c.id == best)
        return next((self.alone[name] for name in articles if name in self.alone), None)


def verdict(said: Origin | None, wanted: str) -> str:
    """right, wrong or unknown; ``wanted`` is an id or a name, or "unknown"."""
    if said is None or said.kind == "unknown":
        return "right" if wanted == "unknown" else "unknown"
    return "right" if wanted in (said.id, said.name, (said.name or "").lower()) else "wrong"


def seeds() -> Figures:
    """The invented corpus."""
    report = pipeline.cluster([SEEDS]).report
    answers = Answers(report)
    articles: dict[str, list[str]] = {}
    for line in labels("groups"):
        articles.setdefault(line["story"], []).append(line["id"])
    origins = [(line["story"], line["origin"], answers.origin(articles[line["story"]])) for line in labels("sources")]
    derived = [(line["id"], _DERIVED.get(line["derived"], line["derived"])) for line in labels("groups")]
    members = {member.id: member.derived for cluster in report.clusters for member in cluster.members}
    counted = Counter(verdict(said, wanted) for _, wanted, said in origins)
    return {
        "stories": len(origins),
        **{name: counted[name] for name in ("right", "unknown", "wrong")},
        "other": [_told(story, wanted, said) for story, wanted, said in origins if verdict(said, wanted) != "right"],
        "members": sum(name in members for name, _ in derived),
        "derived_right": sum(members.get(name) == how for name, how in derived),
        "derived_other": [
            {"article": name, "wanted": how, "said": members[name]}
            for name, how in derived
            if name in members and members[name] != how
        ],
        **_credits(report),
    }


def _credits(report: Report) -> Figures:
    """Labelled credits that are found, mentions left out: in the file (a segment is part of it) a credit of the agency,
    or, where the label names none of the lexicon, one whose name stands in the quote."""
    known = load().agencies
    credits: dict[str, list[dict[str, object]]] = {}
    for article in report.articles:
        found = [c for c in article.credits if c["kind"] != "mention"]
        credits.setdefault(_SEGMENT.sub("", article.id), []).extend(found)
    wanted: dict[tuple[str, str], bool] = {}
    for line in labels("credits"):
        if line["kind"] != "mention":
            named = credits.get(line["id"], [])
            if line["agency"] in known:
                hit = any(c["agency"] == line["agency"] for c in named)
            else:
                hit = any(c["agency"] is None and str(c["name"]) in line["quote"] for c in named)
            wanted[line["id"], line["agency"]] = hit or wanted.get((line["id"], line["agency"]), False)
    missed = sorted(list(label) for label, hit in wanted.items() if not hit)
    return {"credits": len(wanted), "credits_found": len(wanted) - len(missed), "credits_missed": missed}


def _told(story: str, wanted: str, said: Origin | None) -> Figures:
    name = "unknown" if said is None or said.kind == "unknown" else said.id or said.name
    return {"story": story, "wanted": wanted, "said": name}


def without_bylines(zips: Sequence[Path], path: Path) -> dict[str, str]:
    """Write all records without their byline field, one a line, under the ids the tool gives them; the bylines."""
    taken: dict[str, str] = {}
    with path.open("w", encoding="utf-8") as out:
        for source in zips:
            with zipfile.ZipFile(source) as archive:
                for name in sorted(archive.namelist()):
                    for number, record in enumerate(json.loads(archive.read(name))):
                        article = f"{name}#{number}"
                        taken[article] = record.pop("author", None) or ""
                        out.write(json.dumps({"id": article, **record}, ensure_ascii=False) + "\n")
    return taken


def real_labels(path: Path) -> list[tuple[str, str]]:
    """Labelled article and the origin wanted for its story; stories that readers called unclear are left out."""
    with path.open(encoding="utf-8") as lines:
        found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        (line["anchor"], "unknown" if line["kind"] == "unknown" else line["origin"])
        for line in found
        if line["kind"] != "unclear"
    ]


def real(report: Report, wanted: Sequence[tuple[str, str]]) -> Figures:
    """The labelled stories of the real corpus."""
    answers = Answers(report)
    said = [(article, want, answers.origin([article])) for article, want in wanted]
    verdicts = [verdict(origin, want) for _, want, origin in said]
    counted = Counter(verdicts)
    wrong = [_told(*one) for one, found in zip(said, verdicts, strict=True) if found == "wrong"]
    return {
        "stories": len(said),
        **{name: counted[name] for name in ("right", "unknown", "wrong")},
        "named": sum(origin is not None and origin.kind != "unknown" for _, _, origin in said),
        "wrong_ones": wrong,
    }


def development(report: Report, full: Report, labelled: Sequence[str]) -> Iterator[tuple[Cluster, str]]:
    """Stories to look at: with one agency in the bylines of its members and none that is labelled, a third of these.

    ``full`` is the report of the same corpus with its bylines.
    """
    bylined = {
        one.id: {str(c["agency"]) for c in one.credits if c["start"] is None and c["agency"]} for one in full.articles
    }
    for cluster in report.clusters:
        names = [member.id for member in cluster.members]
        agencies = set().union(*(bylined.get(name, set()) for name in names))
        if (
            len(agencies) == 1
            and not set(names) & set(labelled)
            and xxhash.xxh64_intdigest(cluster.id.encode()) % 3 == 0
        ):
            yield cluster, agencies.pop()


def witnesses(report: Report) -> Figures:
    """How often one outlet that names an agency at head or foot agrees with most of the others of its story, and how
    often two that agree do: right and all."""
    credits = {one.id: one.credits for one in report.articles}
    counts = {"one": [0, 0], "two": [0, 0]}
    for cluster in report.clusters:
        said: dict[str | None, str] = {}
        for member in cluster.members:
            strong = (c for c in credits.get(member.id, ()) if c["kind"] in HEAD_OR_FOOT and c["agency"])
            named = {str(credit["agency"]) for credit in strong}
            if len(named) == 1:
                said[member.outlet] = named.pop()
        votes = list(said.values())
        for name, size in (("one", 1), ("two", 2)):
            for chosen in combinations(range(len(votes)), size):
                _compare(counts[name], [votes[n] for n in chosen], [v for n, v in enumerate(votes) if n not in chosen])
    return {**counts}


def _compare(counts: list[int], chosen: list[str], others: list[str]) -> None:
    ranked = Counter(others).most_common(2)
    if len(set(chosen)) == 1 and ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        counts[0] += chosen[0] == ranked[0][0]
        counts[1] += 1


def table(figures: Figures) -> str:
    """The figures as Markdown."""
    rows: list[tuple[object, ...]] = []
    for name, found in figures.items():
        if name == "witnesses":
            continue
        rows.append((name, found["stories"], found["right"], found["unknown"], found["wrong"]))
    lines = [markdown(("stories", "all", "right", "unknown", "wrong"), rows)]
    told = figures["seeds"]
    lines.append(
        f"Seeds: {told['derived_right']} of {told['members']} members derived as labelled, "
        f"{told['credits_found']} of {told['credits']} credits found.\n"
    )
    for other in told["other"]:
        lines.append(f"- {other['story']}: labelled {other['wanted']}, said {other['said']}")
    for other in told["derived_other"]:
        lines.append(f"- {other['article']}: labelled {other['wanted']} derived, said {other['said']}")
    if "witnesses" in figures:
        for name, (right, everyone) in figures["witnesses"].items():
            lines.append(f"\nOf {everyone:,} times {name} of several outlets agreed with most others {right:,} times.")
    if "real" in figures:
        for other in figures["real"]["wrong_ones"]:
            lines.append(f"- {other['story']}: labelled {other['wanted']}, said {other['said']}")
        lines.append(f"\nAt most {WRONG_AT_MOST:.0%} of the real stories wrong: {met(_fine(figures['real']))}")
    return "\n".join(lines) + "\n"


def _fine(found: Figures) -> bool:
    return bool(found["wrong"] <= WRONG_AT_MOST * found["stories"])


def developed(hidden: Report, full: Report, labelled: Sequence[str]) -> Figures:
    """How the stories set aside for development come out."""
    said = [(cluster.origin, agency) for cluster, agency in development(hidden, full, labelled)]
    counted = Counter(verdict(origin, agency) for origin, agency in said)
    by: dict[str, list[int]] = {}
    for origin, agency in said:
        if origin.kind != "unknown":
            how = origin.evidence[0].says.split(" in ")[0].split(" is ", 1)[-1]
            right, all_ = by.get(how, [0, 0])
            by[how] = [right + (verdict(origin, agency) == "right"), all_ + 1]
    return {
        "stories": len(said),
        **{name: counted[name] for name in ("right", "unknown", "wrong")},
        "by_testimony": dict(sorted(by.items())),
    }


def measure(shared: Path) -> Figures:
    """All parts; the real stories only if the corpus is there."""
    figures: Figures = {"seeds": seeds()}
    if not (shared / "data" / "saudinewsnet").is_dir():
        return figures
    wanted = real_labels(REAL) if REAL.exists() else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        without_bylines(days(shared), path)
        hidden = pipeline.cluster([path]).report
    full = pipeline.cluster(days(shared)).report
    figures["witnesses"] = witnesses(full)
    figures["development"] = developed(hidden, full, [article for article, _ in wanted])
    if wanted:
        figures["real"] = real(hidden, wanted)
    return figures


def files(shared: Path) -> list[Path]:
    """Everything that the figures depend on."""
    found = [*sorted(path for path in SEEDS.rglob("*") if path.is_file()), *sorted(LABELS.glob("*-sources.tsv"))]
    if (shared / "data" / "saudinewsnet").is_dir():
        found += days(shared)
    return found + ([REAL] if REAL.exists() else [])


def main() -> None:
    """Measure, print, save."""
    arguments: Any = parser(__doc__).parse_args()
    figures = measure(arguments.shared)
    print(table(figures))
    if "development" in figures:
        print(json.dumps(figures["development"], ensure_ascii=False))
    save("sources", files(arguments.shared), figures)
    if "real" in figures and not _fine(figures["real"]):
        sys.exit(1)


if __name__ == "__main__":
    main()
