"""The folder of ``--csv``: all tables and the outlet network, of one run, each file whole or absent."""

from __future__ import annotations

from pathlib import Path

from dedup.errors import OutputFailed
from dedup.model import Report
from dedup.report.aside import together
from dedup.report.graph import is_graph, write_graph
from dedup.report.tables import is_table, outputs, write_tables

_NETWORK = "outlets.graphml"


def write_folder(report: Report, folder: Path) -> None:
    """Write everything into ``folder``; raises OutputFailed, and then every file is as it was."""
    check_tables(folder)
    with together() as opened:
        write_tables(report, folder, opened)
        write_graph(report, folder / _NETWORK, opened)


def check_tables(folder: Path) -> None:
    """Raise OutputFailed where a file would take the place of something that this tool did not write."""
    for path in outputs_in(folder):
        is_ours, kind = (is_graph, "network") if path.name == _NETWORK else (is_table, "table")
        try:
            folder_there, foreign = path.is_dir(), path.is_file() and not is_ours(path)
        except OSError as error:
            raise OutputFailed(str(path), error.strerror or str(error)) from error
        if folder_there:
            raise OutputFailed(str(path), "it is a folder")
        if foreign:
            raise OutputFailed(str(path), f"it is not a {kind} of this tool; choose another folder")


def outputs_in(folder: Path) -> list[Path]:
    """Every file that :func:`write_folder` writes."""
    return [*outputs(folder), folder / _NETWORK]
