"""The outlet network as GraphML, for Gephi, yEd, igraph, networkx.

A node is an outlet with its figures. An edge is a cell of the outlet matrix (:class:`dedup.model.OutletPair`) with all
its figures: from the first outlet to the second where the first published earlier at least once (``after`` > 0), and
undirected, one for both directions, where the dates of publication tell nothing. Cells in which the dates are known but
the first was never earlier make no edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from dedup.model import Outlet, OutletPair, Report
from dedup.report.aside import Writer

_NODE = {
    "articles": "long", "words": "long", "in_stories": "long", "wholly": "long", "partly": "long",
    "shared_words": "long", "repeats": "long",
}  # fmt: skip
_HEAD = 4096
"""Bytes in which the keys of the nodes stand."""
_EDGE = {
    "stories": "long", "together": "long", "together_share": "double", "after": "long", "after_share": "double",
    "median_lag_minutes": "double",
}  # fmt: skip


def edges(report: Report) -> Iterator[tuple[OutletPair, bool]]:
    """The cells that make an edge, and whether it is directed."""
    for pair in report.outlet_pairs:
        if pair.after is None:
            if pair.first < pair.second:
                yield pair, False
        elif pair.after > 0:
            yield pair, True


def graphml(report: Report) -> bytes:
    """The file."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for place, kinds in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in kinds.items():
            key = {"id": f"{place}_{name}", "for": place, "attr.name": name, "attr.type": kind}
            ElementTree.SubElement(root, "key", key)
    ElementTree.SubElement(root, "key", {"id": "label", "for": "node", "attr.name": "label", "attr.type": "string"})
    graph = ElementTree.SubElement(root, "graph", id="outlets", edgedefault="directed")
    number = {outlet.outlet: f"n{n}" for n, outlet in enumerate(report.outlets)}
    for outlet in report.outlets:
        node = ElementTree.SubElement(graph, "node", id=number[outlet.outlet])
        ElementTree.SubElement(node, "data", key="label").text = _printable(outlet.outlet)
        _data(node, "node", _NODE, outlet)
    for pair, directed in edges(report):
        ends = {"source": number[pair.first], "target": number[pair.second]}
        edge = ElementTree.SubElement(graph, "edge", ends if directed else {**ends, "directed": "false"})
        _data(edge, "edge", _EDGE, pair)
    ElementTree.indent(root)
    tree: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return tree + b"\n"


def _data(element: ElementTree.Element, place: str, kinds: dict[str, str], value: Outlet | OutletPair) -> None:
    for name in kinds:
        figure = getattr(value, name)
        if figure is not None:
            ElementTree.SubElement(element, "data", key=f"{place}_{name}").text = str(figure)


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def is_graph(path: Path) -> bool:
    """Whether a file is an outlet network of this tool, by the keys at its beginning; raises OSError."""
    with path.open("rb") as data:
        head = data.read(_HEAD)
    return all(f'id="node_{name}"'.encode() in head for name in _NODE)


def write_graph(report: Report, path: Path, opened: Writer) -> None:
    """Write the network; raises OutputFailed."""
    with opened(path) as out:
        out.write(graphml(report))
