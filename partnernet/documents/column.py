"""A column of text and lines: it is measured while it is filled, and drawn afterwards where it fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, takewhile

from fpdf.enums import Align

from partnernet.documents.paper import HAIRLINE_MM, Face, Paper
from partnernet.documents.wording import Pair, Wording

_GUTTER_MM = 3.0
_HEAVY_MM = 0.6
_STRIKE_MM_PER_PT = 0.024
_ENGLISH_SCALE = 0.88  # French at least as prominent (Charter of the French Language, s. 57)
_SLIVER_MM = 0.01  # against rounding, where a text is given exactly its own width

Stroke = Callable[[float, float, float], None]  # draws at x, y, at a scale
Cell = tuple[str, float, Align]  # text, width in millimetres, side


class Column:
    """Fill it from top to bottom, read ``height_mm``, then `draw` it."""

    def __init__(self, paper: Paper, width_mm: float) -> None:
        self.paper = paper
        self.width_mm = width_mm
        self.height_mm = 0.0
        self._strokes: list[tuple[float, Stroke]] = []

    def draw(self, x: float, y: float, scale: float = 1) -> None:
        """Draw everything with the top left corner at ``x``, ``y``; ``scale`` makes the whole smaller."""
        for top_mm, stroke in self._strokes:
            stroke(x, y + top_mm * scale, scale)

    def gap(self, height_mm: float) -> None:
        """Leave white space."""
        self.height_mm += height_mm

    def rule(self, *, above_mm: float = 0, below_mm: float = 0) -> None:
        """A hairline across the column."""
        self.gap(above_mm)
        self._line(self.height_mm, self.width_mm, HAIRLINE_MM)
        self.gap(below_mm)

    def text(self, text: str, face: Face, *, align: Align = Align.L) -> None:
        """A paragraph."""
        self._paragraph(text, face, 0, self.width_mm, align)

    def struck(self, text: str, face: Face, *, align: Align = Align.L) -> None:
        """A line of text, crossed out."""
        x_height_middle_mm = face.baseline_mm - face.size_pt * 0.11
        width_mm = self.paper.width(text, face)
        left_mm = self.width_mm - width_mm if align is Align.R else 0
        weight_mm = max(HAIRLINE_MM, face.size_pt * _STRIKE_MM_PER_PT)
        self._line(self.height_mm + x_height_middle_mm, width_mm, weight_mm, left_mm=left_mm)
        self.text(text, face, align=align)

    def words(self, words: Wording, face: Face) -> None:
        """French, then English beside it where both fit on one line, else below it."""
        self._words(words, face, self.width_mm)

    def pair(self, pair: Pair, face: Face, *, tail_mm: float = 0) -> None:
        """A label at the left and its value at the right; each wraps in its own part."""
        room_mm = self.width_mm - tail_mm - _GUTTER_MM
        value_mm = self.paper.width(pair.value, face) + _SLIVER_MM
        value_mm = min(value_mm, max(room_mm - inline_mm(self.paper, pair.label, face), room_mm / 2))
        top_mm = self.height_mm
        self._words(pair.label, face, room_mm - value_mm)
        bottom_mm, self.height_mm = self.height_mm, top_mm
        self._paragraph(pair.value, face, self.width_mm - tail_mm - value_mm, value_mm, Align.R)
        self.height_mm = max(bottom_mm, self.height_mm)

    def figures(self, pairs: Sequence[tuple[Pair, Face]]) -> None:
        """Pairs whose figures line up on their last digit, whatever follows it (``40,00 CR`` under ``60,00``)."""
        tails_mm = [self.paper.width(re.sub(r".*\d", "", pair.value), face) for pair, face in pairs]
        for (pair, face), tail_mm in zip(pairs, tails_mm, strict=True):
            self.pair(pair, face, tail_mm=max(tails_mm) - tail_mm)

    def cells(self, cells: Sequence[Cell], face: Face) -> None:
        """A row of a table; a text too wide for its cell wraps inside it."""
        top_mm, bottom_mm, left_mm = self.height_mm, self.height_mm, 0.0
        for text, width_mm, align in cells:
            self.height_mm = top_mm
            self._paragraph(text, face, left_mm, width_mm, align)
            left_mm += width_mm
            bottom_mm = max(bottom_mm, self.height_mm)
        self.height_mm = bottom_mm

    def framed(self, inside: Column, padding_mm: float, *, weight_mm: float = _HEAVY_MM) -> None:
        """Another column in a frame."""
        width_mm, height_mm = self.width_mm, inside.height_mm + 2 * padding_mm
        self._add(lambda x, y, s: self.paper.frame(x, y, width_mm * s, height_mm * s, weight_mm=weight_mm))
        self.place(inside, padding_mm, self.height_mm + padding_mm)
        self.gap(height_mm)

    def append(self, other: Column) -> None:
        """Continue with a column filled elsewhere."""
        self.place(other, 0, self.height_mm)
        self.gap(other.height_mm)

    def side_by_side(self, columns: Sequence[Column], gutter_mm: float) -> None:
        """Continue with several columns beside one another."""
        left_mm = 0.0
        for column in columns:
            self.place(column, left_mm, self.height_mm)
            left_mm += column.width_mm + gutter_mm
        self.gap(max(column.height_mm for column in columns))

    def place(self, other: Column, left_mm: float, top_mm: float) -> None:
        """Set another column somewhere inside this one, which does not grow."""
        self._strokes.append((top_mm, lambda x, y, s: other.draw(x + left_mm * s, y, s)))

    def _add(self, stroke: Stroke) -> None:
        self._strokes.append((self.height_mm, stroke))

    def _line(self, top_mm: float, width_mm: float, weight_mm: float, *, left_mm: float = 0) -> None:
        def stroke(x: float, y: float, scale: float) -> None:
            self.paper.line(x + left_mm * scale, y, width_mm * scale, weight_mm=weight_mm)

        self._strokes.append((top_mm, stroke))

    def _paragraph(self, text: str, face: Face, left_mm: float, width_mm: float, align: Align) -> None:
        for line in self.paper.wrap(text, face, width_mm):
            self._write(line, face, left_mm, width_mm, align)
            self.gap(face.line_mm)

    def _write(self, text: str, face: Face, left_mm: float, width_mm: float, align: Align) -> None:
        def stroke(x: float, y: float, scale: float) -> None:
            size = Face(face.size_pt * scale, face.bold)
            self.paper.write(text, size, x + left_mm * scale, y, width_mm * scale, align=align)

        self._add(stroke)

    def _words(self, words: Wording, face: Face, width_mm: float) -> None:
        small = english_face(face)
        if inline_mm(self.paper, words, face) > width_mm:
            self._paragraph(words.french, face, 0, width_mm, Align.L)
            if words.english:
                self._paragraph(words.english, small, 0, width_mm, Align.L)
            return
        self._write(words.french, face, 0, width_mm, Align.L)
        beside = Column(self.paper, width_mm)
        beside.text(_beside(words), small)
        self.place(
            beside,
            self.paper.width(words.french, face),
            self.height_mm + face.baseline_mm - small.baseline_mm,
        )
        self.gap(face.line_mm)


def english_face(face: Face) -> Face:
    """The type of the English beside French of this type: regular, and a little smaller."""
    return Face(face.size_pt * _ENGLISH_SCALE)


def inline_mm(paper: Paper, words: Wording, face: Face) -> float:
    """How wide French and English are beside one another."""
    return paper.width(words.french, face) + paper.width(_beside(words), english_face(face)) + _SLIVER_MM


def _beside(words: Wording) -> str:
    return f"\u00a0/ {words.english}" if words.english else ""


def fitting(rows: Sequence[Column], room_mm: float) -> int:
    """How many rows fit, from the first on."""
    ends_mm = accumulate(row.height_mm for row in rows)
    return sum(1 for _ in takewhile(lambda end_mm: end_mm <= room_mm, ends_mm))
