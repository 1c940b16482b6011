"""A file of the principal as it is brought to the screen: is it the file meant, and of what moment are its figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import ClassVar
from zoneinfo import ZoneInfo

from partnernet.domain import customer_file, open_item_file
from partnernet.domain.cheques import ChequeDateUnreadable, read_day
from partnernet.domain.exchanges import FileKind
from partnernet.domain.refusals import FormRefused, Refusal

_HOUR = re.compile(
    r"(?P<hour>[0-9]{1,2})(\s*[:hH]\s*((?P<minute>[0-9]{2})(:(?P<second>[0-9]{2}))?)?|(?P<joined>[0-9]{2}))", re.ASCII
)
# What archives begin with (zip, and with it workbooks; gzip), and what old workbooks and PDFs begin with.
_NO_TEXT = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"%PDF")
# The two files have one column in common; so many of one's say which it is, whatever else is wrong with it.
_TELLING_COLUMNS = 3


COLUMNS = {FileKind.CUSTOMERS: customer_file.COLUMNS, FileKind.OPEN_ITEMS: open_item_file.COLUMNS}


@dataclass(eq=False)
class FileNotChosen(Refusal):
    """No file was chosen."""

    field: ClassVar[str | None] = "file"


@dataclass(eq=False)
class FileForgotten(Refusal):
    """The browser shows a file that the server has no more: it keeps one as long as the page is open and it runs."""

    field: ClassVar[str | None] = "file"


@dataclass(eq=False)
class FileOfTheOtherKind(Refusal):
    """The header is that of the principal's other file."""

    field: ClassVar[str | None] = "file"
    found: FileKind


@dataclass(eq=False)
class FileIsAnArchive(Refusal):
    """A compressed file or a workbook, whatever its name."""

    field: ClassVar[str | None] = "file"


@dataclass(eq=False)
class FileDayUnreadable(Refusal):
    """What was typed is not a day."""

    field: ClassVar[str | None] = "day"
    typed: str


@dataclass(eq=False)
class FileHourUnreadable(Refusal):
    """What was typed is not an hour of the day."""

    field: ClassVar[str | None] = "hour"
    typed: str


@dataclass(eq=False)
class FileMayBeCutShort(Refusal):
    """So many documents would vanish that somebody has to say that the file is complete."""

    field: ClassVar[str | None] = "complete"


def refuse_archive(start: bytes) -> None:
    """Raise `FileIsAnArchive` when a file begins as one."""
    if start.startswith(_NO_TEXT):
        raise FileIsAnArchive()


def refuse_other_kind(header: Sequence[str], wanted: FileKind) -> None:
    """Raise `FileOfTheOtherKind` when the columns are the other file's; columns that are missing are told elsewhere."""
    names = {unicodedata.normalize("NFC", name).strip().lower().replace(" ", "_") for name in header}
    known = {kind: len(names & set(columns)) for kind, columns in COLUMNS.items()}
    found = max(known, key=lambda kind: known[kind])
    if found is not wanted and known[found] >= _TELLING_COLUMNS and known[found] > known[wanted]:
        raise FileOfTheOtherKind(found)


def read_as_of(day: str, hour: str, timezone: str) -> datetime:
    """The moment that a date (``2026-11-24``) and an hour (``18:00``, ``18:00:30``, ``18 h``, ``1800``) say somewhere.

    Raises `FormRefused` with a refusal for each of them that cannot be read.
    """
    refusals: list[Refusal] = []
    found_day, found_hour = _day(day, refusals), _hour(hour, refusals)
    if found_day is None or found_hour is None:
        raise FormRefused(tuple(refusals))
    return datetime.combine(found_day, found_hour, ZoneInfo(timezone))


def _day(typed: str, refusals: list[Refusal]) -> date | None:
    try:
        return read_day(typed)
    except ChequeDateUnreadable:
        refusals.append(FileDayUnreadable(typed))
        return None


def _hour(typed: str, refusals: list[Refusal]) -> time | None:
    """``18`` alone may be an hour or the beginning of one: it is refused."""
    parts = _HOUR.fullmatch(typed.strip())
    try:
        if parts:
            return time(int(parts["hour"]), int(parts["minute"] or parts["joined"] or 0), int(parts["second"] or 0))
    except ValueError:
        pass
    refusals.append(FileHourUnreadable(typed))
    return None
