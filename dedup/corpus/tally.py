"""What is known of one file while its pieces come in, in order: how many records, what was odd, what was missing.

Complaints that would repeat for every record are counted and said once a file: dates that could not be read, Hijri
dates, a text field that no record has. The record numbers count every record, broken ones too, so ``path#7`` means the
same line whatever is wrong with the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from dedup.corpus.json_pieces import Read
from dedup.corpus.records import Item, Reading
from dedup.corpus.source import Source
from dedup.model import Notice, Skipped

LISTED = 12
"""Field names named in a message."""


class OddDates:
    """Dates that gave no moment: how many of a file, and the first."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], tuple[int, str]] = {}

    def add(self, path: str, why: str, written: str) -> None:
        """One more."""
        count, first = self._seen.get((path, why), (0, written))
        self._seen[path, why] = count + 1, first

    def notices(self) -> Iterator[Notice]:
        """One line a file and reason."""
        for (path, why), (count, first) in sorted(self._seen.items()):
            yield Notice(path, None, date_note(why, count, first))


class FileTally:
    """The state of one file of records."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.single = False
        self._reading = reading
        self._count = 0
        self._articles = 0
        self._textless: list[int] = []
        self.names: set[str] = set()
        self._notes: list[str] = []
        self._dates = OddDates()
        self._beside: Counter[str] = Counter()
        self._archived = 0
        self._left_out = False
        self._faulty = False

    def note(self, text: str) -> None:
        """Something to say of the whole file at its end."""
        self._notes.append(text)

    def left_out(self, note: str) -> None:
        """The file is none to read."""
        self._left_out = True
        self._notes.append(note)

    def fault(self, reason: str) -> Skipped:
        """The file could not be read to its end."""
        self._faulty = True
        return Skipped(self.source.place, self._count if self._count else None, reason)

    def others(self, count: int, others: int) -> None:
        """An archive's records, and how many of them are no pages."""
        self._archived = count
        if others:
            self._notes.append(f"{others:,} of its {count:,} records are no pages and were left out")

    def beside(self, lists: Mapping[str, int]) -> None:
        """Lists of records beside the one that is read, and how many they hold."""
        self._beside.update(lists)

    def settle(self, read: Read) -> Iterator[Item]:
        """Number what a piece held."""
        rest = read.rest
        self._articles += len(rest.rows) if read.finished is None else len(read.finished.ids)
        if read.finished is not None:
            for _, why, written in read.finished.odd_dates:
                self._dates.add(self.source.place, why, written)
            yield read.finished.batch(self._count)
        for number, reason in rest.broken:
            yield Skipped(self.source.place, None if self.single else self._count + number, reason)
        self._textless += [self._count + number for number in rest.textless]
        if self._articles:
            yield from self._missing_texts()
        self.names |= rest.names
        self._beside.update(rest.beside)
        self._count += rest.count

    def close(self) -> Iterator[Item]:
        """What is to be said of the whole file."""
        if not (self._count or self._archived or self._left_out or self._faulty):
            yield Skipped(self.source.place, None, "the file holds no record")
        if self.names and not self._left_out:
            self._reading.fields.met(self.source.place, self.names)
        if self._textless:
            yield self._no_text_at_all()
        for name, count in sorted(self._beside.items()):
            self._notes.append(
                f"{count:,} record{'s' if count > 1 else ''} of its list '{short(name, 40)}' left out, since another "
                "holds its articles; put the list into a file of its own if they are wanted"
            )
        for note in self._notes:
            yield Notice(self.source.place, None, note)
        yield from self._dates.notices()

    def _missing_texts(self) -> Iterator[Skipped]:
        for number in self._textless:
            yield Skipped(self.source.place, number, "the record has no text field")
        self._textless = []

    def _no_text_at_all(self) -> Skipped:
        reason = self._reading.fields.lacking_text(0 if self.single else len(self._textless))
        return Skipped(self.source.place, None, f"{reason}; {the_fields(self.names)}")


def the_fields(names: set[str]) -> str:
    """A clause that names the fields there are and the way out."""
    listed = ", ".join(short(name, 40) for name in sorted(names)[:LISTED]) + (", ..." if len(names) > LISTED else "")
    return f"the fields there are: {listed or 'none'}. Name the right one with --text-field"


def short(text: str, length: int) -> str:
    """A text in one line, and not longer than so many letters."""
    text = " ".join(text.split()) if "\n" in text or "\r" in text else text
    return text if len(text) <= length else text[:length] + "..."


def date_note(why: str, count: int, first: str) -> str:
    """What a notice says of dates that gave no moment."""
    shown = short(first, 60)
    many = f"{count:,} dates" if count > 1 else "a date"
    if why == "hijri":
        return f"{many} of the Hijri calendar left out, since its days cannot be converted surely (first: {shown})"
    return f"{many} could not be read and left out (first: {shown})"
