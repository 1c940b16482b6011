"""Tables in files as they come: UTF-8, UTF-16 or Windows-1252, with commas, semicolons or tabs, read line by line.

What is wrong with a line comes out in its place, between the good ones. What is wrong with the file as a whole raises
`FileFaulty`.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from partnernet.domain.exchange_form import FileIsAnArchive, refuse_archive
from partnernet.domain.exchanges import (
    ColumnMissing,
    ColumnRepeated,
    EncodingUnknown,
    Fault,
    FieldCountWrong,
    FileEmpty,
    FileUnreadable,
    HeaderMissing,
    LineTooLong,
    QuoteMisplaced,
    QuoteNotClosed,
)
from partnernet.domain.refusals import Refusal

_LONGEST_LINE_BYTES = 1 << 20
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# In Windows-1252 these two bytes read « Ã » and a sign, which no name holds: it is an accented letter in UTF-8.
_UTF8_LETTER = re.compile(rb"\xc3[\x80-\xbf]")


class FileFaulty(Exception):
    """The file cannot be read as a table, so that no line of it can be trusted."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: its number in the file, its fields, and the wanted ones in the order asked for.

    ``read_fraction`` is how much of the file has been read, from 0 to 1.
    """

    number: int
    fields: tuple[str, ...]
    values: tuple[str, ...]
    read_fraction: float


def read_table(path: Path, columns: Sequence[str]) -> Iterator[Line | Fault]:
    """The lines of a table that names at least these columns, in any order; blank lines are left out.

    Raises `FileFaulty`; `FileEmpty` when there is nothing in it; `FileUnreadable` when the system does not give it.
    """
    with _opened(path) as raw:
        text, delimiter = _text_of(raw)
        yield from _lines(text, raw, delimiter, columns)


def header_of(path: Path) -> tuple[str, ...]:
    """What the file's columns are called, as it writes them. Raises `FileUnreadable`; nothing when it is no table."""
    with _opened(path) as raw:
        try:
            text, delimiter = _text_of(raw)
            _, header = next(_records(text, delimiter), (1, []))
        except FileFaulty:
            return ()
        return () if isinstance(header, Refusal) else tuple(header)


def file_hash(path: Path) -> str:
    """SHA-256 of the file, in hexadecimal. Raises `FileUnreadable`."""
    with _opened(path) as raw:
        return hashlib.file_digest(raw, "sha256").hexdigest()


def _text_of(raw: io.BufferedReader) -> tuple[io.TextIOWrapper, str]:
    """The file's text from its beginning, and what stands between its fields."""
    encoding = _encoding(raw)
    raw.seek(0)
    text = io.TextIOWrapper(raw, encoding, newline="")
    delimiter = max(";\t,", key=text.readline().count)
    text.seek(0)
    return text, delimiter


def _lines(
    text: io.TextIOWrapper, raw: io.BufferedReader, delimiter: str, columns: Sequence[str]
) -> Iterator[Line | Fault]:
    size_bytes = max(os.fstat(raw.fileno()).st_size, 1)
    records = _records(text, delimiter)
    _, header = next(records, (1, None))
    if header is None:
        raise FileEmpty()
    if isinstance(header, Refusal):
        raise FileFaulty(Fault(1, (), header))
    wanted = _values_at(_places(header, columns))
    for number, fields in records:
        if isinstance(fields, Refusal):
            yield Fault(number, (), fields)
        elif len(fields) != len(header):
            yield Fault(number, tuple(fields), FieldCountWrong(len(fields), len(header)))
        else:
            yield Line(number, tuple(fields), wanted(fields), raw.tell() / size_bytes)


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str] | Refusal]]:
    """Each record with the number of its first line; a record that breaks the rules of quoting is a refusal."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field limit" in str(error):
                raise FileFaulty(Fault(number, (), QuoteNotClosed())) from error
            yield number, QuoteMisplaced()
        else:
            if number == 1 or any(map(str.strip, fields)):
                yield number, fields


def _places(header: list[str], columns: Sequence[str]) -> list[int]:
    """Where the columns stand; other columns are left alone."""
    names = [unicodedata.normalize("NFC", name).strip().lower().replace(" ", "_") for name in header]
    reasons: list[Refusal] = [ColumnMissing(column) for column in columns if column not in names]
    if len(reasons) == len(columns) > 1:  # said once: it is one line, and what is wrong with it is one thing
        reasons = [HeaderMissing(tuple(columns))]
    reasons += [ColumnRepeated(column) for column in columns if names.count(column) > 1]
    if reasons:
        raise FileFaulty(*(Fault(1, tuple(header), reason) for reason in reasons))
    return [names.index(column) for column in columns]


def _values_at(places: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """What takes the fields at these places out of a line; `itemgetter` alone makes no tuple of a single one."""
    return itemgetter(*places) if len(places) > 1 else lambda fields: (fields[places[0]],)


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    try:
        with path.open("rb") as raw:
            yield raw
    except OSError as error:
        raise FileUnreadable(path.name, error.errno or 0) from error


def _encoding(raw: io.BufferedReader) -> str:
    """The encoding in which all of the file makes sense."""
    start = raw.read(1024)
    try:
        refuse_archive(start)
    except FileIsAnArchive as reason:
        raise FileFaulty(Fault(1, (), reason)) from None
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return _require(_first_undecodable(raw, encoding), encoding)
    if start.count(0) * 4 > len(start):  # UTF-16 without its mark
        raise FileFaulty(Fault(1, (), EncodingUnknown()))
    not_utf8 = _first_undecodable(raw, "utf-8")
    if not_utf8 is None:
        return "utf-8"
    return _require(_first_undecodable(raw, "cp1252", unexpected=_UTF8_LETTER), "cp1252")


def _require(undecodable_line: int | None, encoding: str) -> str:
    if undecodable_line is not None:
        raise FileFaulty(Fault(undecodable_line, (), EncodingUnknown()))
    return encoding


def _first_undecodable(
    raw: io.BufferedReader, encoding: str, unexpected: re.Pattern[bytes] | None = None
) -> int | None:
    """The number of the first line that makes no sense in this encoding, or holds what is not expected in it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    raw.seek(0)
    lines = iter(lambda: raw.readline(_LONGEST_LINE_BYTES), b"")
    for number, line in enumerate(lines, start=1):
        if len(line) == _LONGEST_LINE_BYTES:
            raise FileFaulty(Fault(number, (), LineTooLong()))
        try:
            decoder.decode(line)
        except UnicodeDecodeError:
            return number
        if unexpected and unexpected.search(line):
            return number
    return None
