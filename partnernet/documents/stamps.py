"""Marks to be seen before anything else on a paper, and what they mean there."""

from __future__ import annotations

from dataclasses import dataclass

from fpdf.enums import Align

from partnernet.documents.column import Column, english_face
from partnernet.documents.faces import MARK, SMALL
from partnernet.documents.wording import Both, Wording, beside
from partnernet.i18n import _

_FRAME_PADDING_MM = 1.2


@dataclass(frozen=True, slots=True)
class Stamp:
    """A mark in a frame, and what it means here."""

    mark: Wording
    detail: Wording


def duplicate(copy_number: int, both: Both) -> tuple[Stamp, ...]:
    """DUPLICATA and a count, from the second copy on."""
    if copy_number < 2:
        return ()
    detail = both(lambda: _("copie no {count}").format(count=copy_number))
    return (Stamp(both(lambda: _("DUPLICATA")), detail),)


def fill_stamp(column: Column, stamp: Stamp) -> None:
    """A mark in a frame, and what it means below it."""
    inside = Column(column.paper, column.width_mm - 2 * _FRAME_PADDING_MM)
    inside.text(beside(stamp.mark), MARK, align=Align.C)
    inside.text(stamp.detail.french, SMALL, align=Align.C)
    if stamp.detail.english:
        inside.text(stamp.detail.english, english_face(SMALL), align=Align.C)
    column.framed(inside, _FRAME_PADDING_MM)
