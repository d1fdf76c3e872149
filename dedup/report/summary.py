"""The summary a person reads at the terminal: totals, the largest clusters, the outlets."""

from __future__ import annotations

import re

from dedup.model import Cluster, Member, Outlet, Report
from dedup.report.comparison import clean, counted

_SHOWN = 3
_TITLE = 70
_OUTLETS = 12
_SOURCES = 3
_TOTALS = ("articles", "clusters", "clustered_articles", "pairs", "too_short", "skipped", "notices")
_PARTS = re.compile("[/#]")
_LEGEND = "figures: Jaccard with the medoid, the article most like the others; if that pair is not listed, with another"


def summary(report: Report) -> str:
    """Some lines of text; the largest clusters first, of equal ones the earlier."""
    articles, clusters, clustered, pairs, short, skipped, notices = (int(report.corpus[name]) for name in _TOTALS)  # type: ignore[call-overload]
    lines = [
        f"{counted(articles, 'article')} of {counted(len(report.corpus['outlets']), 'outlet')}: "  # type: ignore[arg-type]
        f"{counted(clusters, 'cluster holds', 'clusters hold')} {clustered:,} of them, "
        f"{counted(pairs, 'pair')} listed",
    ]
    aside = [
        (short, f"{short:,} too short to compare"),
        (skipped, f"{skipped:,} skipped"),
        (notices, counted(notices, "notice")),
    ]
    if said := [what for count, what in aside if count]:
        lines.append("; ".join(said))
    if report.clusters:
        lines.append(_LEGEND)
    for cluster in sorted(report.clusters, key=lambda c: -len(c.members))[:_SHOWN]:
        lines += ["", *_described(cluster)]
    if len(report.clusters) > _SHOWN:
        lines += ["", f"and {counted(len(report.clusters) - _SHOWN, 'more cluster')}"]
    if any(outlet.in_stories for outlet in report.outlets):
        lines += ["", *_table(report.outlets)]
    return "\n".join(lines)


def _table(outlets: tuple[Outlet, ...]) -> list[str]:
    """What the outlets share, those with the most articles first; names stand last, since they may be Arabic."""
    lines = ["articles  in stories  repeats  shared words  outlet: what it rests on"]
    for o in sorted(outlets, key=lambda o: (-o.articles, o.outlet))[:_OUTLETS]:
        sources = ", ".join(f"{clean(source.id)} {source.articles:,}" for source in o.sources[:_SOURCES])
        lines.append(
            f"{o.articles:>8,}  {o.story_share:>10.0%}  {o.repeats:>7,}  "
            f"{o.shared_word_share:>12.0%}  {clean(o.outlet)}{': ' + sources if sources else ''}"
        )
    if len(outlets) > _OUTLETS:
        lines.append(f"and {counted(len(outlets) - _OUTLETS, 'more outlet')}")
    return lines


def _described(cluster: Cluster) -> list[str]:
    times = sorted({time[:10] for time in (cluster.first_published, cluster.last_published) if time})
    when = f", {' to '.join(times)}" if times else ""
    size = f"{counted(len(cluster.members), 'article')}, {counted(len(cluster.outlets), 'outlet')}"
    lines = [f"{clean(cluster.id)}  {size}{when}"]
    if cluster.origin.kind != "unknown":
        lines[0] += f", from {clean(cluster.origin.id or cluster.origin.name or '')} ({cluster.origin.confidence:.2f})"
    overlap = {cluster.medoid: "medoid"}
    for pair in sorted(cluster.pairs, key=lambda pair: cluster.medoid not in (pair.a, pair.b)):
        for name in (pair.a, pair.b):
            overlap.setdefault(name, f"{pair.jaccard:.2f}")
    for member in cluster.members:
        lines.append(f"  {overlap.get(member.id, '-'):>6}  {_named(member)}")
    return lines


def _named(member: Member) -> str:
    """Id, day and outlet where the id does not hold them already, title: what may be Arabic last, so that a terminal
    that orders right-to-left text leaves the numbers where they are."""
    day, outlet = (member.published or "")[:10], member.outlet or ""
    said = [day if day not in member.id else "", outlet if outlet not in _PARTS.split(member.id) else ""]
    parts = [member.id, " ".join(filter(None, said)), (member.title or "")[:_TITLE]]
    return "  ".join(clean(part) for part in parts if part)
