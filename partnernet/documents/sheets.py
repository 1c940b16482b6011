"""Letter sheets filled from top to bottom: a head and a foot on each, lists that go on with their totals carried."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fpdf.enums import Align

from partnernet.documents.column import Column, english_face, fitting
from partnernet.documents.faces import HEADLINE, LISTED, NAME, PLAIN, SMALL, STRONG
from partnernet.documents.paper import LETTER_HEIGHT_MM, LETTER_WIDTH_MM, Face, Paper
from partnernet.documents.receipt_parts import fill_name
from partnernet.documents.stamps import Stamp, fill_stamp
from partnernet.documents.wording import Pair, Wording

_MARGIN_MM, _TOP_MM, _BOTTOM_MM = 16.0, 13.0, 11.0
SHEET_MM = LETTER_WIDTH_MM - 2 * _MARGIN_MM
GUTTER_MM = 10.0
GAP_MM = 5.0  # between two blocks
_AT = Face(11)
_ROWS_TOGETHER = 2  # at the bottom of a sheet, under a heading


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in parts: ``top`` and ``bottom`` are given how many rows stand before them on earlier sheets, or until
    there; ``end`` follows the last row."""

    top: Callable[[int], Column]
    rows: Sequence[Column]
    bottom: Callable[[int], Column]
    end: Column


class Sheets:
    """Add blocks and lists, then `draw`. ``head`` and ``foot`` are given the number of the sheet and how many."""

    def __init__(self, paper: Paper, head: Callable[[int], Column], foot: Callable[[int, int], Column]) -> None:
        self._paper = paper
        self._head = head
        self._foot = foot
        self._bodies: list[Column] = []
        self._turn()

    def block(self, block: Column, *, gap_mm: float = 0) -> None:
        """What stays together, with white space above it unless it begins a sheet."""
        if block.height_mm + gap_mm > self._room_mm() and not self._fresh:
            self._turn()
        self._append(block, gap_mm)

    def together(self, listing: Listing, tail: Column, *, gap_mm: float = 0) -> None:
        """A list and what follows it, on one sheet unless they are longer than that."""
        parts = (listing.top(0), *listing.rows, listing.end, tail)
        if sum(part.height_mm for part in parts) + gap_mm > self._room_mm() and not self._fresh:
            self._turn()
        self.listing(listing, gap_mm=gap_mm)
        self.block(tail)

    def listing(self, listing: Listing, *, gap_mm: float = 0) -> None:
        """A list, on as many sheets as it needs; neither its heading nor its end stands without a row."""
        done = 0
        while True:
            rest, top = listing.rows[done:], listing.top(done)
            room_mm = self._room_mm() - top.height_mm - (0 if self._fresh else gap_mm)
            if sum(row.height_mm for row in rest) + listing.end.height_mm <= room_mm:
                for part in (top, *rest, listing.end):
                    self._append(part, gap_mm if part is top else 0)
                return
            count = min(fitting(rest, room_mm - listing.bottom(done).height_mm), len(rest) - 1)
            if count >= _ROWS_TOGETHER or self._fresh:
                count = max(count, 1)
                for part in (top, *rest[:count], listing.bottom(done + count)):
                    self._append(part, gap_mm if part is top else 0)
                done += count
            self._turn()

    def draw(self) -> None:
        """Draw every sheet with its head and foot."""
        for number, body in enumerate(self._bodies, start=1):
            self._paper.add_page(LETTER_WIDTH_MM, LETTER_HEIGHT_MM)
            body.draw(_MARGIN_MM, _TOP_MM)
            foot = self._foot(number, len(self._bodies))
            foot.draw(_MARGIN_MM, LETTER_HEIGHT_MM - _BOTTOM_MM - foot.height_mm)

    def _turn(self) -> None:
        number = len(self._bodies) + 1
        body = Column(self._paper, SHEET_MM)
        body.append(self._head(number))
        self._bodies.append(body)
        self._fresh = True
        self._full_mm = LETTER_HEIGHT_MM - _TOP_MM - _BOTTOM_MM - self._foot(number, number).height_mm

    def _room_mm(self) -> float:
        return self._full_mm - self._bodies[-1].height_mm

    def _append(self, part: Column, gap_mm: float) -> None:
        body = self._bodies[-1]
        body.gap(0 if self._fresh else gap_mm)
        body.append(part)
        self._fresh = False


def shares(paper: Paper, count: int, *, width_mm: float = SHEET_MM) -> list[Column]:
    """So many columns of equal width to stand side by side, `GUTTER_MM` apart."""
    return [Column(paper, (width_mm - (count - 1) * GUTTER_MM) / count) for _ in range(count)]


def headline(paper: Paper, title: Wording, at: str, stamps: Sequence[Stamp]) -> Column:
    """The name of the paper and its moment over a line, then its stamps."""
    head, moment = Column(paper, SHEET_MM), Column(paper, SHEET_MM)
    moment.text(at, _AT, align=Align.R)
    name = Column(paper, SHEET_MM - paper.width(at, _AT) - GUTTER_MM)
    name.words(title, HEADLINE)
    head.append(name)
    head.place(moment, 0, HEADLINE.baseline_mm - _AT.baseline_mm)
    head.rule(above_mm=1.5, below_mm=2)
    if stamps:
        head.gap(0.5)
        columns = shares(paper, len(stamps))
        for column, stamp in zip(columns, stamps, strict=True):
            fill_stamp(column, stamp)
        head.side_by_side(columns, GUTTER_MM)
        head.gap(2.5)
    return head


def origin(paper: Paper, pairs: Sequence[Pair]) -> Column:
    """Who and where, side by side over a line: each as wide as it needs, the longest sharing what the others leave."""
    row = Column(paper, SHEET_MM)
    widths_mm = _fair_mm([_needed_mm(paper, pair) for pair in pairs], SHEET_MM - (len(pairs) - 1) * GUTTER_MM)
    columns = [Column(paper, width_mm) for width_mm in widths_mm]
    for column, pair in zip(columns, pairs, strict=True):
        column.words(pair.label, SMALL)
    values_mm = max(column.height_mm for column in columns)
    for column, pair in zip(columns, pairs, strict=True):
        column.gap(values_mm - column.height_mm)
        fill_name(column, pair.value)
    row.side_by_side(columns, GUTTER_MM)
    row.rule(above_mm=2, below_mm=3)
    return row


def _needed_mm(paper: Paper, pair: Pair) -> float:
    label_mm = max(paper.width(pair.label.french, SMALL), paper.width(pair.label.english, english_face(SMALL)))
    return max(label_mm, paper.width(pair.value, NAME))


def _fair_mm(needed_mm: Sequence[float], room_mm: float) -> list[float]:
    """The room in parts as wide as needed, none wider than a share of what the smaller leave; the rest evenly."""
    widths_mm, left_mm = [0.0] * len(needed_mm), room_mm
    for done, at in enumerate(sorted(range(len(needed_mm)), key=needed_mm.__getitem__)):
        widths_mm[at] = min(needed_mm[at], left_mm / (len(needed_mm) - done))
        left_mm -= widths_mm[at]
    return [width_mm + left_mm / len(widths_mm) for width_mm in widths_mm]


def reminder(paper: Paper, pairs: Sequence[Pair]) -> Column:
    """The same on the sheets after the first, on one line."""
    line = Column(paper, SHEET_MM)
    line.text(" · ".join(pair.value for pair in pairs), SMALL)
    line.gap(3)
    return line


def none_listed(paper: Paper, title: Wording, none: Wording) -> Column:
    """What stands where a list would, so that nothing can be added there later."""
    column = Column(paper, SHEET_MM)
    column.words(title, STRONG)
    column.gap(0.8)
    column.words(none, LISTED)
    return column


def signature(column: Column, label: Wording, name: str, dated: Wording) -> None:
    """A line to sign and date, over what it is for and who is expected to."""
    column.gap(9.5)
    column.rule(below_mm=0.6)
    date_mm = max(column.paper.width(dated.french, SMALL), column.paper.width(dated.english, english_face(SMALL))) + 1
    date, who = Column(column.paper, date_mm), Column(column.paper, column.width_mm - date_mm - 2)
    date.text(dated.french, SMALL, align=Align.R)
    if dated.english:
        date.text(dated.english, english_face(SMALL), align=Align.R)
    who.words(label, SMALL)
    if name:
        who.text(name, PLAIN)
    column.side_by_side([who, date], 2)
