"""The folder of ``--csv``: all tables and the outlet network, each file whole or absent."""

from __future__ import annotations

from pathlib import Path

from dedup.errors import OutputFailed
from dedup.model import Report
from dedup.report.graph import write_graph
from dedup.report.tables import outputs, write_tables

_NETWORK = "outlets.graphml"


def write_folder(report: Report, folder: Path) -> None:
    """Write everything into ``folder``, made if need be; raises OutputFailed."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise OutputFailed(str(folder), error.strerror or str(error)) from error
    write_tables(report, folder)
    write_graph(report, folder / _NETWORK)


def outputs_in(folder: Path) -> list[Path]:
    """Every file that :func:`write_folder` writes."""
    return [*outputs(folder), folder / _NETWORK]
