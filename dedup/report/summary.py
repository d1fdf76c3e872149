"""The summary a person reads at the terminal: totals, then the largest clusters."""

from __future__ import annotations

from dedup.model import Cluster, Report

_SHOWN = 3
_TITLE = 70


def summary(report: Report) -> str:
    """Some lines of text; the largest clusters first, of equal ones the earlier."""
    corpus = report.corpus
    outlets = corpus["outlets"]
    lines = [
        f"{corpus['articles']:,} articles of {len(outlets):,} outlets: "  # type: ignore[arg-type]
        f"{corpus['clusters']:,} clusters hold {corpus['clustered_articles']:,} of them, "
        f"{corpus['pairs']:,} pairs listed",
    ]
    aside = [
        (corpus["too_short"], "too short to compare"),
        (corpus["skipped"], "skipped"),
        (corpus["notices"], "notices"),
    ]
    if said := [f"{count:,} {what}" for count, what in aside if count]:
        lines.append("; ".join(said))
    for cluster in sorted(report.clusters, key=lambda c: -len(c.members))[:_SHOWN]:
        lines += ["", *_described(cluster)]
    if len(report.clusters) > _SHOWN:
        lines += ["", f"and {len(report.clusters) - _SHOWN:,} more clusters"]
    return "\n".join(lines)


def _described(cluster: Cluster) -> list[str]:
    times = sorted({time[:10] for time in (cluster.first_published, cluster.last_published) if time})
    when = f", {' to '.join(times)}" if times else ""
    lines = [f"{cluster.id}  {len(cluster.members)} articles, {len(cluster.outlets)} outlets{when}"]
    overlap: dict[str, str] = {}
    for pair in sorted(cluster.pairs, key=lambda pair: cluster.medoid not in (pair.a, pair.b)):
        for name in (pair.a, pair.b):
            if name != cluster.medoid:
                overlap.setdefault(name, f"{pair.jaccard:.2f}")
    for member in cluster.members:
        title = (member.title or "")[:_TITLE]
        lines.append(f"  {overlap.get(member.id, 'medoid'):>6}  {member.id}  {title}")
    return lines
