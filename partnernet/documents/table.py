"""Tables set to the width of what is in them, with their sums aligned, and carried from sheet to sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from fpdf.enums import Align

from partnernet.documents.column import Column, english_face, inline_mm
from partnernet.documents.faces import LISTED, SMALL, STRONG, SUMMED
from partnernet.documents.paper import Face, Paper
from partnernet.documents.sheets import Listing
from partnernet.documents.wording import Both, Wording
from partnernet.domain.money import ZERO, Money
from partnernet.i18n import _

_GUTTER_MM = 3.0
_ROW_GAP_MM = 0.5
_SLIVER_MM = 0.05  # against rounding, where a text is given exactly its own width

Cell = str | Wording
Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """A column: as wide as its widest text, at least ``least_mm`` and at most ``most_mm``; the one that ``fills`` takes
    what is left."""

    words: Wording
    align: Align = Align.L
    least_mm: float = 0.0
    most_mm: float = 50.0
    fills: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A row; ``notes`` stand small under the filling cell, the figures of a ``void`` one are crossed out, and one of
    ``sums`` adds those above it."""

    cells: Cells
    notes: tuple[Wording, ...] = ()
    void: bool = False
    strong_at: int | None = None  # the cell to be noticed
    sums: bool = False

    def face_of(self, at: int) -> Face:
        """The type of one of its cells."""
        return SUMMED if self.sums or self.strong_at == at else LISTED


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands under the figures. ``running`` has one row of cells before the first line and one after each line;
    ``label`` is beside the last."""

    label: Wording
    running: Sequence[Cells]


def running(amounts: Iterable[Money]) -> list[Money]:
    """The sum before the first amount, and after each."""
    return list(accumulate(amounts, initial=ZERO))


class Table:
    """A table ``width_mm`` wide. Without ``sums`` nothing is carried and nothing ends it."""

    def __init__(
        self, paper: Paper, width_mm: float, heads: Sequence[Head], lines: Sequence[Line], sums: Sums | None
    ) -> None:
        self._paper = paper
        self._width_mm = width_mm
        self._heads = heads
        self._lines = lines
        self._sums = sums
        self._widths_mm = self._fitted()

    def listing(self, title: Wording | None, both: Both) -> Listing:
        """The table as a list that may go on to further sheets; ``title`` stands above it on each."""
        return Listing(
            top=lambda done: self._top(title, done, both),
            rows=[self._row(line) for line in self._lines],
            bottom=lambda done: self._carried(both(lambda: _("À reporter")), done, above_mm=0.8),
            end=self._end(),
        )

    def whole(self) -> Column:
        """The table in one column, without a title."""
        column = Column(self._paper, self._width_mm)
        for part in (self._heading(), *(self._row(line) for line in self._lines), self._end()):
            column.append(part)
        return column

    def _top(self, title: Wording | None, done: int, both: Both) -> Column:
        column = Column(self._paper, self._width_mm)
        if title:
            column.words(title, STRONG)
            column.gap(0.8)
        column.append(self._heading())
        if done:
            column.append(self._carried(both(lambda: _("Report")), done))
            column.gap(_ROW_GAP_MM)
        return column

    def _heading(self) -> Column:
        column = Column(self._paper, self._width_mm)
        column.append(self._across(tuple(head.words.french for head in self._heads), SMALL))
        if any(head.words.english for head in self._heads):
            column.append(self._across(tuple(head.words.english for head in self._heads), english_face(SMALL)))
        column.rule(above_mm=0.4, below_mm=0.8)
        return column

    def _row(self, line: Line) -> Column:
        row = Column(self._paper, self._width_mm)
        if line.sums:
            row.rule(below_mm=0.6)
        row.append(self._across(line.cells, LISTED, line))
        row.gap(_ROW_GAP_MM)
        return row

    def _end(self) -> Column:
        if self._sums is None:
            return Column(self._paper, self._width_mm)
        return self._summed(self._sums.label, self._sums.running[-1], SUMMED, above_mm=0.4)

    def _carried(self, label: Wording, done: int, *, above_mm: float | None = None) -> Column:
        if self._sums is None:
            return Column(self._paper, self._width_mm)
        return self._summed(label, self._sums.running[done], LISTED, above_mm=above_mm)

    def _summed(self, label: Wording, cells: Cells, face: Face, *, above_mm: float | None) -> Column:
        row = Column(self._paper, self._width_mm)
        if above_mm is not None:
            row.rule(above_mm=above_mm, below_mm=0.6)
        first = next(index for index, cell in enumerate(cells) if cell)
        words = Column(self._paper, self._left_mm(first) - _GUTTER_MM)
        words.words(label, face)
        row.place(words, 0, row.height_mm)
        row.append(self._across(cells, face))
        row.gap(max(0, words.height_mm - face.line_mm))
        return row

    def _across(self, cells: Cells, face: Face, line: Line | None = None) -> Column:
        row = Column(self._paper, self._width_mm)
        columns = [self._cell(at, text, face, line) for at, text in enumerate(cells)]
        for at, column in enumerate(columns):
            row.place(column, self._left_mm(at), 0)
        row.gap(max(column.height_mm for column in columns))
        return row

    def _cell(self, at: int, text: Cell, face: Face, line: Line | None) -> Column:
        head, cell = self._heads[at], Column(self._paper, self._widths_mm[at])
        if not text:
            return cell
        if isinstance(text, Wording):
            cell.words(text, line.face_of(at) if line else face)
        elif line and line.void and head.align is Align.R:
            cell.struck(text, face, align=head.align)
        else:
            cell.text(text, line.face_of(at) if line else face, align=head.align)
        for note in line.notes if line and head.fills else ():
            cell.words(note, SMALL)
        return cell

    def _left_mm(self, index: int) -> float:
        return sum(self._widths_mm[:index]) + index * _GUTTER_MM

    def _fitted(self) -> list[float]:
        widths_mm = [
            0.0 if head.fills else max(head.least_mm, min(self._natural_mm(at), head.most_mm))
            for at, head in enumerate(self._heads)
        ]
        left_mm = self._width_mm - sum(widths_mm) - (len(self._heads) - 1) * _GUTTER_MM
        return [left_mm if head.fills else width_mm for head, width_mm in zip(self._heads, widths_mm, strict=True)]

    def _natural_mm(self, at: int) -> float:
        words = self._heads[at].words
        texts = [(line.cells[at], line.face_of(at)) for line in self._lines]
        texts += [(words.french, SMALL), (words.english, english_face(SMALL))]
        if self._sums:
            texts += [(cells[at], SUMMED) for cells in self._sums.running]
        return max(self._width_mm_of(text, face) for text, face in texts) + _SLIVER_MM

    def _width_mm_of(self, text: Cell, face: Face) -> float:
        return inline_mm(self._paper, text, face) if isinstance(text, Wording) else self._paper.width(text, face)
