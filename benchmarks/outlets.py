"""The outlet table of the real corpus, and three of its numbers counted again from the pairs file.

Again means without a line of the tool's own counting: the same-story pairs of the pairs file, kept where one cluster
holds both articles, are joined into stories by following the pairs; the outlets are read from the zips. Counted are,
for the two outlets with the most stories in common, these stories, the articles of the second in them, and the
articles of the first that repeat one of its own. Members that no pair connects with their cluster (it was held together
by a round-up, which then left it) may make a difference; ``loose`` counts them.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.articles import days, parser
from benchmarks.results import Figures, markdown, met, save
from dedup import pipeline
from dedup.report.json_format import as_data, write_pairs


def outlet_of(zips: Sequence[Path]) -> dict[str, str]:
    """The outlet of every article, from its record's source field."""
    found = {}
    for path in zips:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                for number, record in enumerate(json.loads(archive.read(name))):
                    found[f"{name}#{number}"] = record["source"]
    return found


def stories(report: dict[str, Any], pairs: Path) -> list[set[str]]:
    """Groups of articles that pairs of one story connect within a cluster."""
    cluster_of = {member["id"]: cluster["id"] for cluster in report["clusters"] for member in cluster["members"]}
    next_to: dict[str, set[str]] = defaultdict(set)
    with pairs.open(encoding="utf-8") as lines:
        for line in lines:
            pair = json.loads(line)
            a, b = pair["a"], pair["b"]
            if pair["same_story"] and a in cluster_of and cluster_of[a] == cluster_of.get(b):
                next_to[a].add(b)
                next_to[b].add(a)
    found, seen = [], set()
    for start in next_to:
        group, waiting = set(), [start]
        while waiting:
            article = waiting.pop()
            if article not in group:
                group.add(article)
                waiting += next_to[article] - group
        if start not in seen:
            found.append(group)
            seen |= group
    return found


def again(report: dict[str, Any], pairs: Path, zips: Sequence[Path]) -> list[Figures]:
    """Three numbers of the report, and what counting them again gives."""
    cell = max(report["outlet_pairs"], key=lambda cell: (cell["stories"], cell["first"]))
    outlet = outlet_of(zips)
    groups_of = stories(report, pairs)
    groups = [Counter(outlet[article] for article in group) for group in groups_of]
    both = [group for group in groups if group[cell["first"]] and group[cell["second"]]]
    line = next(line for line in report["outlets"] if line["outlet"] == cell["first"])
    connected = {article for group in groups_of for article in group}
    loose = sum(member["id"] not in connected for cluster in report["clusters"] for member in cluster["members"])
    repeats = sum(group[cell["first"]] - 1 for group in groups if group[cell["first"]])
    names = f"{cell['first']} and {cell['second']}"
    found: list[Figures] = [
        {"what": f"stories of {names}", "report": cell["stories"], "again": len(both)},
        {
            "what": f"articles of {cell['second']} in these",
            "report": cell["together"],
            "again": sum(group[cell["second"]] for group in both),
        },
        {"what": f"repeats of {cell['first']}", "report": line["repeats"], "again": repeats},
    ]
    return [{**line, "loose": loose} for line in found]


def agree(line: Figures) -> bool:
    """Whether the two numbers differ by no more than loose members can explain."""
    return bool(abs(line["report"] - line["again"]) <= line["loose"])


def table(figures: Figures) -> str:
    """The figures as Markdown."""
    head = ("outlet", "articles", "in stories", "wholly", "partly", "repeats", "shared words", "most frequent sources")
    rows = [
        (
            line["outlet"], f"{line['articles']:,}", f"{line['story_share']:.0%}",
            f"{line['wholly']:,}", f"{line['partly']:,}", f"{line['repeats']:,}",
            f"{line['shared_word_share']:.0%}",
            ", ".join(f"{source['id']} {source['articles']:,}" for source in line["sources"][:3]),
        )
        for line in figures["outlets"]
    ]  # fmt: skip
    checked = [(line["what"], line["report"], line["again"], line["loose"]) for line in figures["checked"]]
    fine = all(agree(line) for line in figures["checked"])
    return (
        markdown(head, rows)
        + "\n"
        + markdown(("counted again from the pairs file", "report", "again", "loose"), checked)
        + f"\nEqual but for loose members: {met(fine)}\n"
    )


def main() -> None:
    """Measure, print, save."""
    arguments: Any = parser(__doc__).parse_args()
    zips = days(arguments.shared)
    result = pipeline.cluster(zips)
    report = as_data(result.report)
    with tempfile.TemporaryDirectory() as folder:
        pairs = Path(folder) / "pairs.jsonl"
        write_pairs(result.pairs(), pairs)
        figures: Figures = {"outlets": report["outlets"], "checked": again(report, pairs, zips)}
    print(table(figures))
    save("outlets", zips, figures)
    if not all(agree(line) for line in figures["checked"]):
        sys.exit(1)


if __name__ == "__main__":
    main()
