"""The command line: a skin. A command makes settings, calls one function, prints; errors become exit codes here.

Nothing heavy is imported until a command runs, so ``dedup --help`` answers at once (a test keeps numba, pyarrow and
scipy out of it). What is found goes to files and stdout, what is being done to stderr.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from dedup.errors import DedupError, OutputFailed, StdoutFailed, UsageError
from dedup.settings import Settings

if TYPE_CHECKING:
    from concurrent.futures import Future

    from dedup.pipeline import Result
    from dedup.report.pairs import Listed


class _Share(click.FloatRange):
    """A number from ``min`` to ``max``. NaN is none: it is not below the one nor above the other, so click lets it
    through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if (number := super().convert(value, param, ctx)) != number:
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return number


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
    return click.option(
        "--workers", type=click.IntRange(min=0), default=0, help="Threads; 0: one a core. Never changes a result."
    )(command)


@main.command(context_settings={"show_default": True})
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the JSON report here; - is stdout."
)
@click.option(
    "--pairs", type=click.Path(path_type=Path), metavar="FILE",
    help="Write every listed pair here, one a line; - is stdout.",
)  # fmt: skip
@click.option(
    "--csv", "tables", type=click.Path(path_type=Path), metavar="DIR",
    help="Write tables (CSV and Parquet) and the outlet network (GraphML) into this folder.",
)  # fmt: skip
@click.option(
    "--jaccard", type=_Share(min=0.05, max=1), default=Settings().jaccard, metavar="SHARE",
    help="List pairs that share at least this much of their word 5-grams.",
)  # fmt: skip
@click.option("--window", type=click.IntRange(min=0), metavar="DAYS", help="Only pairs published at most DAYS apart.")
@click.option(
    "--threshold", type=_Share(min=0, max=1), default=Settings().threshold, metavar="P",
    help="Probability from which two articles are the same story.",
)  # fmt: skip
@click.option("--keep-furniture", is_flag=True, help="Mark nothing: all of each text but its title is compared.")
@click.option("--marks", is_flag=True, help="Give the span of every mark (furniture, credits) in the report.")
@click.option(
    "--credited-to", multiple=True, metavar="AGENCY",
    help="Only articles that credit AGENCY: an id (spa, reuters...) or a name, Arabic or Latin.",
)  # fmt: skip
@click.option("--exclude-credited-to", multiple=True, metavar="AGENCY", help="Leave out articles that credit AGENCY.")
@click.option(
    "--texts", type=click.Choice(["none", "shared", "full"]), default="none",
    help="Texts the report carries: none, the shared passages of each story, or every article of a story.",
)  # fmt: skip
@click.option("--quiet", "-q", is_flag=True, help="No summary, no progress.")
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
    if not all(map(str.strip, (*settings.credited_to, *settings.exclude_credited_to))):
        raise UsageError("--credited-to and --exclude-credited-to need a name.")
    outputs = _Outputs(output, pairs, tables)
    outputs.check()
    terminal = _Terminal(quiet)
    terminal.load_kernels()
    from dedup import pipeline
    from dedup.report.summary import summary

    with pipeline.uncollected(), outputs:
        result = pipeline.cluster(
            paths, settings, exclude=outputs.files(), progress=terminal.progress, on_pairs=outputs.on_pairs()
        )
        terminal.finish()
        outputs.write(result)
        if not quiet:
            _say(summary(result.report), err=outputs.take_stdout)


@main.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--keep-furniture", is_flag=True, help="Mark nothing: all of each text but its title is compared.")
@click.option("--json", "as_json", is_flag=True, help="Print all that is known of the two as one JSON object.")
@click.option("--quiet", "-q", is_flag=True, help="Print the relation and its probability only.")
@_input_options
def compare(a: str, b: str, max_record: int, quiet: bool, as_json: bool, **chosen: Any) -> None:
    """Show what two articles have in common.

    A and B are files, or one record of a file, counted from 0: file.jsonl#4.

    \b
      dedup compare monday/port.txt tuesday/port.html
      dedup compare dump.jsonl#4 dump.jsonl#17
      dedup compare --json a.txt b.txt
    """
    settings = Settings(max_record=max_record << 20, **chosen)
    if quiet and as_json:
        raise UsageError("--json prints one object, of which --quiet leaves nothing out; give one of them.")
    _Terminal(quiet).load_kernels()
    from dedup.pipeline import compare_files
    from dedup.report.comparison import as_json as written
    from dedup.report.comparison import headline, shown

    found = compare_files(a, b, settings)
    if as_json:
        _say(written(found))
    elif quiet:
        _say(headline(found.pair))
    else:
        colours = _stdout().isatty() and "NO_COLOR" not in os.environ
        _say(shown(found, shutil.get_terminal_size().columns, colours))


@main.command()
@click.argument("result", type=click.Path(path_type=Path), metavar="PAIRS.JSONL|REPORT.JSON")
@click.argument("labels", type=click.Path(path_type=Path), metavar="LABELS.TSV")
@click.option(
    "--threshold", type=_Share(min=0, max=1), metavar="P",
    help="Call listed pairs of this probability or more the same story, instead of those that the run called so.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the scores as JSON.")
def evaluate(result: Path, labels: Path, threshold: float | None, as_json: bool) -> None:
    """Score a pairs file or a report against labelled pairs.

    LABELS.TSV is UTF-8, its columns separated by tabs and named by the first line, in any order:

    \b
      a b relation     a pair of ids and what it is: same, part, template, event or none;
      confidence       if wanted: scores for each value apart
      stratum          likewise
      weight           how many pairs of the corpus the labelled pair stands for (1)
    \b
      id story         or, for a report: an article and its story

    \b
      dedup evaluate pairs.jsonl labels.tsv
      dedup evaluate pairs.jsonl labels.tsv --threshold 0.8
      dedup evaluate report.json labels.tsv
    """
    from dedup.evaluate import evaluate as score

    scores = score(result, labels, threshold)
    _say(scores.as_json() if as_json else scores.as_text())


_STDOUT = Path("-")


class _Outputs:
    """The files that a run writes; one of report and pairs may be stdout, named ``-``. Used as a context, at whose end
    nothing is being written any more."""

    def __init__(self, report: Path | None, pairs: Path | None, tables: Path | None) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._report, self._pairs, self._tables = report, pairs, tables
        self.take_stdout = _STDOUT in (report, pairs)
        self._own = [path for path in (report, pairs) if path is not None and path != _STDOUT]
        self._meanwhile = ThreadPoolExecutor(1)
        self._written: list[Future[None]] = []

    def __enter__(self) -> _Outputs:
        return self

    def __exit__(self, *raised: object) -> None:
        self._meanwhile.shutdown()

    def files(self) -> list[Path]:
        """Every file that is written, and so is not to be read."""
        if self._tables is None:
            return self._own
        from dedup.report.files import outputs_in

        return self._own + outputs_in(self._tables)

    def check(self) -> None:
        """Refuse, before anything is read, what cannot be written or would take the place of one another."""
        if self._report == self._pairs == _STDOUT:
            raise UsageError("-o - and --pairs - would be one stream; give one of them a file.")
        if self._tables == _STDOUT:
            raise UsageError("--csv writes a folder, which cannot go to stdout; give it a name.")
        if self.take_stdout:
            _stdout()
        folder = [] if self._tables is None else [self._tables]
        for path in self._own + folder:
            if not path.resolve().parent.is_dir():
                raise OutputFailed(str(path), f"there is no folder {path.parent}")
        named = self.files() + folder
        if len({path.resolve() for path in named}) < len(named):
            raise UsageError("two outputs have the same name; give each its own file.")
        for path in self._own:
            if path.is_dir():
                raise OutputFailed(str(path), "it is a folder")
        if self._tables is not None:
            self._check_tables(self._tables)

    def _check_tables(self, folder: Path) -> None:
        from dedup.report.files import check_tables

        if folder.exists() and not folder.is_dir():
            raise OutputFailed(str(folder), "it is a file")
        check_tables(folder)

    def on_pairs(self) -> Callable[[Listed], object] | None:
        """What is done with the pairs while stories are still told; None: nothing.

        Into a pipe nothing is written then: the thread may wait for a reader, for ever, and no interrupt would end it.
        """
        place = self._pairs
        if place is None:
            return None
        from dedup.report.json_format import write_pairs

        def write(listed: Listed) -> None:
            if not _is_pipe(place):
                self._written.append(self._meanwhile.submit(write_pairs, listed, place))

        return write

    def write(self, result: Result) -> None:
        """Write what is not written yet, and wait for what is being."""
        from dedup.report.files import write_folder
        from dedup.report.json_format import write_pairs, write_report

        if self._pairs is not None and _is_pipe(self._pairs):
            _write(self._pairs, partial(write_pairs, result.pairs()))
        if self._report is not None:
            _write(self._report, partial(write_report, result.report))
        for one in self._written:
            one.result()
        if self._tables is not None:
            write_folder(result.report, self._tables)


def _is_pipe(path: Path) -> bool:
    return path == _STDOUT or (path.exists() and not path.is_file())


def _write(path: Path, write: Callable[[Path | BinaryIO], None]) -> None:
    if path != _STDOUT:
        write(path)
        return
    with _to_stdout():
        write(_stdout().buffer)
        _stdout().flush()


def _say(text: str, err: bool = False) -> None:
    """Print a result; what stdout has against it becomes a sentence."""
    if err:
        click.echo(text, err=True)
        return
    with _to_stdout():
        _stdout()
        click.echo(text)


def _stdout() -> TextIO:
    if sys.stdout is None:  # so it is where the process was started without one
        raise StdoutFailed("it is closed")
    return sys.stdout


@contextlib.contextmanager
def _to_stdout() -> Iterator[None]:
    """Say what stdout has against being written to. A pipe whose reader has left says nothing: click ends the command
    with exit code 1. What could not be written is thrown away, or Python would try once more at its end."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise StdoutFailed(error.strerror or str(error)) from error


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
