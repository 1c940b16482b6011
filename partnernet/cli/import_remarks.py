"""What is told of the lines of a file: where each stands, and the first of those that deserve a look."""

from __future__ import annotations

from pathlib import Path

from partnernet.cli.console import say, warn
from partnernet.domain.exchanges import WHOLE_FILE, Caution, Fault
from partnernet.i18n import ngettext
from partnernet.i18n.sentences import sentence

_MOST_TOLD = 100


class Remarks:
    """The cautions of a file: the first are told, the others counted."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._first: list[Caution] = []
        self._count = 0

    def keep(self, caution: Caution) -> None:
        if caution.line == WHOLE_FILE:  # not to be lost among the lines
            warn(f"{self._file}: {sentence(caution.reason)}")
            return
        self._count += 1
        if self._count <= _MOST_TOLD:
            self._first.append(caution)

    def say_all(self) -> None:
        for caution in self._first:
            say(f"{self._file}:{caution.line}: {sentence(caution.reason)}")
        more = self._count - len(self._first)
        if more:
            say(ngettext("… et {count} autre remarque.", "… et {count} autres remarques.", more).format(count=more))


def place_of(fault: Fault, file: Path, not_posted: Path | None) -> str:
    """``FILE:LINE``, the file as it was named on the command line."""
    return f"{not_posted if fault.file_name and not_posted else file}:{fault.line}"
