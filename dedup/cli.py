"""The command line: a skin. A command makes settings, calls one function, prints; errors become exit codes here.

Nothing heavy is imported until a command runs, so ``dedup --help`` answers at once (a test keeps numba, pyarrow and
scipy out of it). What is found goes to files and stdout, what is being done to stderr.
"""

from __future__ import annotations

import atexit
import codecs
import contextlib
import gc
import io
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from dedup.errors import DedupError, UsageError
from dedup.outputs import Outputs, place, stdout, to_stdout
from dedup.settings import Settings

_MOST_THREADS = 1_024
"""More than a machine has cores; threads beyond that wait for each other, and each holds a batch."""
_LONGEST_WINDOW = 3_652_059
"""Days of the years 1 to 9999, which is what a date can be."""


class _Share(click.FloatRange):
    """A number from ``min`` to ``max``. NaN is none: it is not below the one nor above the other, so click lets it
    through."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if (number := super().convert(value, param, ctx)) != number:
            self.fail(f"{value} is not in the range {self._describe_range()}.", param, ctx)
        return number


class _Group(click.Group):
    """Turns every DedupError into its sentence on stderr and its exit code, and signals to end into an interrupt."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _ended_as_by_interrupt():
                return super().invoke(ctx)
        except DedupError as error:
            click.echo(f"dedup: {error}", err=True)
            ctx.exit(error.exit_code)


@contextlib.contextmanager
def _ended_as_by_interrupt() -> Iterator[None]:
    """A process that is told to end (SIGTERM), or whose terminal closes (SIGHUP), clears away what is half written, as
    at Ctrl-C. Signals that somebody else handles or ignores (nohup) are left alone, and a second one changes nothing.
    """
    named = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    free = [one for one in named if signal.getsignal(one) is signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        free = []  # only the main thread may ask for signals

    def end(*_: object) -> NoReturn:
        for one in free:
            signal.signal(one, signal.SIG_IGN)
        raise KeyboardInterrupt

    try:
        for one in free:
            signal.signal(one, end)
        yield
    finally:
        for one in free:
            signal.signal(one, signal.SIG_DFL)


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
        "--lexicon",
        type=click.Path(readable=False),
        metavar="FILE",
        help="TOML with more [[agency]], [[furniture]] and [[outlet]] entries; an example is in the README.",
    )(command)
    return click.option(
        "--workers",
        type=click.IntRange(0, _MOST_THREADS),
        default=0,
        help="Threads; 0: one a core. Never changes a result.",
    )(command)


@main.command(context_settings={"show_default": True})
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False), metavar="PATH...")
@click.option("-o", "--output", type=place, metavar="FILE", help="Write the JSON report here; - is stdout.")
@click.option("--pairs", type=place, metavar="FILE", help="Write every listed pair here, one a line; - is stdout.")
@click.option(
    "--csv", "tables", type=place, metavar="DIR",
    help="Write tables (CSV and Parquet) and the outlet network (GraphML) into this folder.",
)  # fmt: skip
@click.option(
    "--jaccard", type=_Share(min=0.05, max=1), default=Settings().jaccard, metavar="SHARE",
    help="List pairs that share at least this much of their word 5-grams.",
)  # fmt: skip
@click.option(
    "--window", type=click.IntRange(0, _LONGEST_WINDOW), metavar="DAYS",
    help="Only pairs published at most DAYS apart.",
)  # fmt: skip
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
    paths: tuple[str, ...], output: Path | None, pairs: Path | None, tables: Path | None, window: int | None,
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
    outputs = Outputs(output, pairs, tables)
    outputs.check(paths, settings.lexicon)
    terminal = _Terminal(quiet)
    terminal.load_kernels()
    from dedup import pipeline
    from dedup.report.summary import summary

    with pipeline.uncollected(), outputs, terminal:
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
@click.option("--quiet", "-q", is_flag=True, help="Print one line: relation, probability, which text is too short.")
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
    from dedup.report.comparison import in_one_line, shown

    found = compare_files(a, b, settings)
    if as_json:
        _print_json(written(found))
    elif quiet:
        _say(in_one_line(found))
    else:
        colours = stdout().isatty() and not os.environ.get("NO_COLOR")
        _say(shown(found, shutil.get_terminal_size().columns, colours))


@main.command()
@click.argument("result", type=click.Path(path_type=Path, readable=False), metavar="PAIRS.JSONL|REPORT.JSON")
@click.argument("labels", type=click.Path(path_type=Path, readable=False), metavar="LABELS.TSV")
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
    if as_json:
        _print_json(scores.as_json())
    else:
        _say(scores.as_text())


def _say(text: str, err: bool = False) -> None:
    """Print a result; what stdout has against it becomes a sentence, and letters that its encoding lacks a mark of
    question (click writes UTF-8 where it is ASCII)."""
    if err:
        click.echo(text, err=True)
        return
    with to_stdout():
        stream = stdout()
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name not in ("utf-8", "ascii"):
            stream.reconfigure(errors="replace")
        click.echo(text)


def _print_json(text: str) -> None:
    """Print what programs read: in UTF-8, whatever the encoding of the terminal."""
    with to_stdout():
        stdout()
        click.echo(text.encode())


class _Terminal:
    """What a person at the terminal sees while waiting; nothing when stderr is no terminal, is closed, or --quiet is
    given. Used as a context, at whose end the terminal is as it was."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet or sys.stderr is None
        self.bar: Any = None

    def __enter__(self) -> _Terminal:
        return self

    def __exit__(self, *raised: object) -> None:
        self._leave()

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
        self._leave()

    def _leave(self) -> None:
        """End the bar's line; it has hidden the cursor."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None
