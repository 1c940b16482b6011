"""The receipt on letter paper: the customer's copy above, the principal's below, a line to cut along between them.

A list of documents that does not fit goes on to further pages, cut along the same line, so that each pile of halves
is a complete copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fpdf.enums import Align

from partnernet.documents.column import Column, fitting
from partnernet.documents.faces import HEADLINE, PLAIN, SMALL, STRONG
from partnernet.documents.paper import LETTER_HEIGHT_MM, LETTER_WIDTH_MM, Face, Paper
from partnernet.documents.receipt_parts import (
    document_row,
    fill_balances,
    fill_customer,
    fill_documents_heading,
    fill_name,
    fill_payment,
)
from partnernet.documents.receipt_words import ReceiptWords, on_further_pages
from partnernet.documents.stamps import Stamp, fill_stamp
from partnernet.documents.wording import Pair, PaperLanguage, beside, page_of
from partnernet.domain.money import total
from partnernet.i18n.formats import figure

_MIDDLE_MM = LETTER_HEIGHT_MM / 2
_MARGIN_MM, _TOP_MM, _BOTTOM_MM = 16.0, 11.0, 8.0
_GUTTER_MM = 12.0
_KEPT_BY_MM = 55.0
_AT = Face(11)
# A copy is printed at its natural size unless names and conditions of extreme length would run over the cut line.
_SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)


def draw_letter(paper: Paper, copies: tuple[ReceiptWords, ReceiptWords], language: PaperLanguage) -> None:
    """Draw the two copies, the first above the second, on as many pages as the longer one needs."""
    upper, lower = (_fitting_copy(paper, words, language) for words in copies)
    for halves in zip_longest(upper.halves(), lower.halves()):
        paper.add_page(LETTER_WIDTH_MM, LETTER_HEIGHT_MM)
        paper.line(0, _MIDDLE_MM, LETTER_WIDTH_MM, dash_mm=1.5)
        for copy, half, top_mm in zip((upper, lower), halves, (0.0, _MIDDLE_MM), strict=True):
            if half is not None:
                half.draw(_MARGIN_MM, top_mm + _TOP_MM, copy.scale)


def _fitting_copy(paper: Paper, words: ReceiptWords, language: PaperLanguage) -> _Copy:
    copies = [_Copy(paper, words, language, scale) for scale in _SCALES]
    return next((copy for copy in copies if copy.fits()), copies[-1])


@dataclass(frozen=True, slots=True)
class _Copy:
    """One copy, laid out in halves of a page that are drawn at ``scale``."""

    paper: Paper
    words: ReceiptWords
    language: PaperLanguage
    scale: float

    @property
    def body_mm(self) -> float:
        return (LETTER_WIDTH_MM - 2 * _MARGIN_MM) / self.scale

    @property
    def half_mm(self) -> float:
        return (_MIDDLE_MM - _TOP_MM - _BOTTOM_MM) / self.scale

    def fits(self) -> bool:
        """Whether the first half has room for everything but the list of documents, and for a few lines of it."""
        needed_mm = max(self._payment().height_mm, self._customer().height_mm + 3 * PLAIN.line_mm)
        return needed_mm <= self._room_mm(self._head(first=True))

    def halves(self) -> list[Column]:
        """The first half with everything, then as many with the documents that did not fit."""
        head, left, right = self._head(first=True), self._customer(), self._payment()
        rows = [document_row(self.paper, left.width_mm, line) for line in self.words.lines]
        room_mm = self._room_mm(head) - left.height_mm
        listed = fitting(rows, room_mm - self._end_of_list(listed=len(rows)).height_mm)
        if listed < len(rows):
            listed = fitting(rows, room_mm - self._end_of_list(listed=0).height_mm)
        for part in (*rows[:listed], self._end_of_list(listed=listed)):
            left.append(part)
        halves = [(head, left, right), *self._further(rows[listed:])]
        return [self._half(*half, number, len(halves)) for number, half in enumerate(halves, start=1)]

    def _column(self, share: int) -> Column:
        """A column that takes an equal share of the width."""
        return Column(self.paper, (self.body_mm - (share - 1) * _GUTTER_MM) / share)

    def _customer(self) -> Column:
        column = self._column(2)
        fill_customer(column, self.words)
        column.gap(4.5)
        fill_documents_heading(column, self.words)
        return column

    def _payment(self) -> Column:
        column = self._column(2)
        fill_payment(column, self.words)
        column.rule(above_mm=2.5, below_mm=2)
        fill_balances(column, self.words)
        return column

    def _end_of_list(self, *, listed: int) -> Column:
        """What stands under the first documents: those that follow on other pages, and the credit."""
        column = self._column(2)
        rest = self.words.lines[listed:]
        if rest:
            label = on_further_pages(len(rest), self.language)
            column.pair(Pair(label, figure(total(line.amount for line in rest))), PLAIN)
        if self.words.credit:
            column.pair(self.words.credit, PLAIN)
        return column

    def _further(self, rows: Sequence[Column]) -> list[tuple[Column, Column, Column]]:
        """Two columns of documents on each half."""
        head = self._head(first=False)
        columns: list[Column] = []
        while rows or len(columns) % 2:
            column = self._column(2)
            if rows:
                fill_documents_heading(column, self.words)
            count = max(1, fitting(rows, self._room_mm(head) - column.height_mm))
            for row in rows[:count]:
                column.append(row)
            rows = rows[count:]
            columns.append(column)
        return [(head, left, right) for left, right in zip(columns[::2], columns[1::2], strict=True)]

    def _head(self, *, first: bool) -> Column:
        head = self._column(1)
        at = self._column(1)
        at.text(self.words.at, _AT, align=Align.R)
        head.words(self.words.title, HEADLINE)
        head.place(at, 0, HEADLINE.baseline_mm - _AT.baseline_mm)
        head.rule(above_mm=1.5, below_mm=2)
        if self.words.stamps:
            head.gap(0.5)
            head.side_by_side([self._stamp(stamp) for stamp in self.words.stamps], _GUTTER_MM)
            head.gap(2.5)
        if first:
            head.side_by_side([self._origin(pair) for pair in self.words.origin], _GUTTER_MM)
            head.rule(above_mm=2, below_mm=3)
        return head

    def _stamp(self, stamp: Stamp) -> Column:
        column = self._column(len(self.words.stamps))
        fill_stamp(column, stamp)
        return column

    def _origin(self, pair: Pair) -> Column:
        column = self._column(len(self.words.origin))
        column.words(pair.label, SMALL)
        fill_name(column, pair.value)
        return column

    def _foot(self, number: int, count: int) -> Column:
        foot = self._column(1)
        foot.rule(above_mm=1, below_mm=1.5)
        notes = Column(self.paper, self.body_mm - _KEPT_BY_MM)
        for note in self.words.notes:
            notes.words(note, SMALL)
        side = Column(self.paper, _KEPT_BY_MM)
        side.text(beside(self.words.kept_by), STRONG, align=Align.R)
        if count > 1:
            side.text(beside(page_of(number, count, self.language)), SMALL, align=Align.R)
        foot.side_by_side([notes, side], 0)
        return foot

    def _room_mm(self, head: Column) -> float:
        return self.half_mm - head.height_mm - self._foot(2, 2).height_mm

    def _half(self, head: Column, left: Column, right: Column, number: int, count: int) -> Column:
        half = self._column(1)
        half.append(head)
        half.side_by_side([left, right], _GUTTER_MM)
        foot = self._foot(number, count)
        half.place(foot, 0, self.half_mm - foot.height_mm)
        return half
