"""What the check of a file tells, written down: the first lines as they are, all the faulty ones in little room."""

from __future__ import annotations

import csv
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from partnernet.domain.exchanges import Caution, Fault
from partnernet.i18n.sentences import sentence
from partnernet.web.spreadsheets import safe

_KEPT = 200
_KEPT_CHARS = 300
# What no spreadsheet takes for more than a number: the file is corrected and imported again, a phone as it was.
_A_NUMBER = re.compile(r"[+-]?[0-9 .,()-]*")


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a file, what is said of it, and what it holds."""

    line: int
    reason: str
    content: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check has found: the first lines, how many there are, and the file of all the faulty ones (`csv_of`)."""

    fault_count: int
    faults: tuple[Told, ...]
    packed_csv: bytes
    caution_count: int
    cautions: tuple[Told, ...]


def csv_of(findings: Findings) -> bytes:
    """The faulty lines with their reasons, as the command line sets them aside: corrected, they can be imported."""
    return zlib.decompress(findings.packed_csv)


class Notebook:
    """Takes down faults and cautions in the order of the file."""

    def __init__(self, file_name: str, header: Sequence[str]) -> None:
        self._file_name = file_name
        self._faults: list[Told] = []
        self._cautions: list[Told] = []
        self._fault_count = self._caution_count = 0
        self._packing = zlib.compressobj()
        self._packed = bytearray(self._packing.compress("\ufeff".encode()))
        self._write(("reason", *header))

    def fault(self, fault: Fault) -> None:
        """A line that cannot be imported; one of the file of refused receipts is told, but is no part of the CSV."""
        name, reason = fault.file_name or self._file_name, sentence(fault.reason)
        self._fault_count += 1
        if len(self._faults) < _KEPT:
            self._faults.append(Told(fault.line, reason, ";".join(fault.fields)[:_KEPT_CHARS], fault.file_name))
        if not fault.file_name:
            self._write((f"{name}:{fault.line}: {reason}", *fault.fields))

    def caution(self, caution: Caution) -> None:
        """A line that is imported although something in it deserves a look."""
        self._caution_count += 1
        if len(self._cautions) < _KEPT:
            self._cautions.append(Told(caution.line, sentence(caution.reason), "", ""))

    def findings(self) -> Findings:
        """All that was taken down; nothing can be added after it."""
        self._packed += self._packing.flush()
        cautions = tuple(self._cautions)
        return Findings(self._fault_count, tuple(self._faults), bytes(self._packed), self._caution_count, cautions)

    def _write(self, cells: Sequence[str]) -> None:
        row = StringIO()
        written = (text if _A_NUMBER.fullmatch(text) else safe(text) for text in cells)
        csv.writer(row, delimiter=";").writerow(written)
        self._packed += self._packing.compress(row.getvalue().encode())
