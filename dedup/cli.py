"""The command line: a skin. A command makes settings, calls one function, prints; errors become exit codes here.

Nothing heavy is imported until a command runs, so ``dedup --help`` answers at once (a test keeps numba, pyarrow and
scipy out of it). What is found goes to files and stdout, what is being done to stderr.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dedup.errors import DedupError, OutputFailed, UsageError
from dedup.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Future

    from dedup.report.pairs import Listed


class _Group(click.Group):
    """Turns every DedupError into its sentence on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DedupError as error:
            click.echo(f"dedup: {error}", err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="arabic-news-dedup", prog_name="dedup")
def main() -> None:
    """Which of these Arabic news articles are the same wire story?"""
    # numpy's OpenBLAS starts a thread a core that at first waits busily, 0.1 s of each further core; nothing here is
    # linear algebra.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    atexit.register(gc.freeze)  # what the command has made need not be walked once more when the process ends


_FIELDS = {
    "text": "holds the article",
    "title": "holds the headline",
    "outlet": "names the outlet",
    "date": "says when the outlet published it",
    "byline": "holds the byline",
    "id": "identifies the article",
    "url": "holds the address",
}


def _input_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, meaning in reversed(_FIELDS.items()):
        option = click.option(f"--{name}-field", metavar="NAME", help=f"Record field that {meaning}.")
        command = option(command)
    megabytes = click.IntRange(min=1, max=1024)
    command = click.option(
        "--max-record", type=megabytes, default=Settings().max_record >> 20, show_default=True, metavar="MB",
        help="Longest record; a longer one is listed as skipped.",
    )(command)  # fmt: skip
    command = click.option(
        "--lexicon", type=click.Path(), metavar="FILE", help="TOML with more agencies, furniture and outlets."
    )(command)
    command = click.option(
        "--workers", type=click.IntRange(min=0), default=0, help="Threads; 0: one a core. Never changes a result."
    )(command)
    return click.option("--quiet", "-q", is_flag=True, help="No summary, no progress.")(command)


@main.command(context_settings={"show_default": True})
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the JSON report here.")
@click.option(
    "--pairs", type=click.Path(path_type=Path), metavar="FILE", help="Write every listed pair here, one a line."
)
@click.option(
    "--csv", "tables", type=click.Path(path_type=Path), metavar="DIR",
    help="Write tables (CSV and Parquet) and the outlet network (GraphML) into this folder.",
)  # fmt: skip
@click.option(
    "--jaccard", type=click.FloatRange(min=0.05, max=1), default=Settings().jaccard, metavar="SHARE",
    help="List pairs that share at least this much of their word 5-grams.",
)  # fmt: skip
@click.option("--window", type=click.IntRange(min=0), metavar="DAYS", help="Only pairs published at most DAYS apart.")
@click.option(
    "--threshold", type=click.FloatRange(min=0, max=1), default=Settings().threshold, metavar="P",
    help="Probability from which two articles are the same story.",
)  # fmt: skip
@click.option("--keep-furniture", is_flag=True, help="Mark nothing: all of each text but its title is compared.")
@click.option("--marks", is_flag=True, help="Give the span of every mark (furniture, credits) in the report.")
@click.option(
    "--credited-to", multiple=True, metavar="AGENCY", help="Only articles that credit AGENCY (spa, reuters...)."
)
@click.option("--exclude-credited-to", multiple=True, metavar="AGENCY", help="Leave out articles that credit AGENCY.")
@click.option(
    "--texts", type=click.Choice(["none", "shared", "full"]), default="none",
    help="Texts the report carries: none, the shared passages of each story, or every article of a story.",
)  # fmt: skip
@_input_options
def cluster(
    paths: tuple[Path, ...], output: Path | None, pairs: Path | None, tables: Path | None, window: int | None,
    max_record: int, quiet: bool, **chosen: Any,
) -> None:  # fmt: skip
    """Group the articles below PATH... into clusters of one wire story.

    PATH is a folder or a file: .txt, .html, .json, .jsonl, .csv, .tsv, .parquet, .warc, each also as
    .gz or in a .zip. Record fields are recognised by their usual names.

    \b
      dedup cluster articles/ -o report.json
      dedup cluster 2024-03.jsonl 2024-04.zip -o report.json --pairs pairs.jsonl
      dedup cluster dump.jsonl -o report.json --text-field body --threshold 0.7
      dedup cluster articles/ -o reuters.json --credited-to reuters
      dedup cluster articles/ --csv tables/
    """
    settings = Settings(window_days=window, max_record=max_record << 20, **chosen)
    if settings.keep_furniture and (settings.credited_to or settings.exclude_credited_to):
        raise UsageError("--keep-furniture finds no credits; leave it out, or --credited-to and --exclude-credited-to.")
    _check_outputs(output, pairs, tables)
    terminal = _Terminal(quiet)
    terminal.load_kernels()
    from concurrent.futures import ThreadPoolExecutor

    from dedup import pipeline
    from dedup.report.files import outputs_in, write_folder
    from dedup.report.json_format import write_pairs, write_report
    from dedup.report.summary import summary

    written: list[Future[None]] = []
    piped = pairs is not None and _is_pipe(pairs)
    exclude = [path for path in (output, pairs) if path is not None]
    exclude += outputs_in(tables) if tables is not None else []
    with pipeline.uncollected(), ThreadPoolExecutor(1) as meanwhile:

        def write(listed: Listed) -> None:
            if pairs is not None and not piped:
                written.append(meanwhile.submit(write_pairs, listed, pairs))

        on_pairs = None if pairs is None else write
        result = pipeline.cluster(paths, settings, exclude=exclude, progress=terminal.progress, on_pairs=on_pairs)
        terminal.finish()
        if pairs is not None and piped:
            write_pairs(result.pairs(), pairs)
        if output is not None:
            write_report(result.report, output)
        for one in written:
            one.result()
        if tables is not None:
            write_folder(result.report, tables)
        if not quiet:
            click.echo(summary(result.report))


@main.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--keep-furniture", is_flag=True, help="Mark nothing: all of each text but its title is compared.")
@_input_options
def compare(a: str, b: str, max_record: int, quiet: bool, **chosen: Any) -> None:
    """Show what two articles have in common.

    A and B are files, or one record of a file, counted from 0: file.jsonl#4.

    \b
      dedup compare monday/port.txt tuesday/port.html
      dedup compare dump.jsonl#4 dump.jsonl#17
    """
    settings = Settings(max_record=max_record << 20, **chosen)
    _Terminal(quiet).load_kernels()
    from dedup.pipeline import compare_files
    from dedup.report.comparison import shown

    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(shown(compare_files(a, b, settings), shutil.get_terminal_size().columns, colours))


@main.command()
@click.argument("result", type=click.Path(path_type=Path), metavar="PAIRS.JSONL|REPORT.JSON")
@click.argument("labels", type=click.Path(path_type=Path), metavar="LABELS.TSV")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def evaluate(result: Path, labels: Path, as_json: bool) -> None:
    """Score a pairs file or a report against labelled pairs.

    LABELS.TSV has a header line with at least the columns a, b and relation (same, part, template, event, none).

    \b
      dedup evaluate pairs.jsonl labels.tsv
      dedup evaluate report.json labels.tsv
    """
    from dedup.evaluate import evaluate as score

    scores = score(result, labels)
    click.echo(scores.as_json() if as_json else scores.as_text())


def _check_outputs(output: Path | None, pairs: Path | None, tables: Path | None) -> None:
    """Refuse, before anything is read, outputs that cannot be written or would take the place of one another."""
    files = [path for path in (output, pairs) if path is not None]
    named = [path for path in (*files, tables) if path is not None]
    for path in named:
        if not path.resolve().parent.is_dir():
            raise OutputFailed(str(path), f"there is no folder {path.parent}")
    if tables is not None:
        from dedup.report.files import check_tables, outputs_in

        named += outputs_in(tables)
    if len({path.resolve() for path in named}) < len(named):
        raise UsageError("two outputs have the same name; give each its own file.")
    for path in files:
        if path.is_dir():
            raise OutputFailed(str(path), "it is a folder")
    if tables is not None:
        if tables.exists() and not tables.is_dir():
            raise OutputFailed(str(tables), "it is a file")
        check_tables(tables)


def _is_pipe(path: Path) -> bool:
    """Whether writing may wait for a reader, for ever: not in a thread, which no interrupt would end."""
    return path.exists() and not path.is_file()


class _Terminal:
    """What a person at the terminal sees while waiting; nothing when stderr is no terminal or --quiet is given."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.bar: Any = None

    def load_kernels(self) -> None:
        """Load the kernels; say on stderr if they have to be compiled (first use, or after an upgrade)."""
        from dedup.kernels import compiling

        compiling.prepare(self._say_compiling)

    def _say_compiling(self) -> None:
        if not self.quiet:
            click.echo("dedup: compiling kernels, once (some seconds)...", err=True)

    def progress(self, done: int, total: int) -> None:
        """Draw the bar of bytes read; compressed input counts more than its size, so the bar is capped."""
        if self.quiet or not sys.stderr.isatty():
            return
        if self.bar is None:
            self.bar = click.progressbar(length=max(total, 1), label="reading", file=sys.stderr, show_eta=False)
            self.bar.__enter__()
        self.bar.update(max(0, min(done, total) - self.bar.pos))

    def finish(self) -> None:
        """Fill the bar and end its line."""
        if self.bar is not None:
            self.bar.update(self.bar.length - self.bar.pos)
            self.bar.__exit__(None, None, None)
