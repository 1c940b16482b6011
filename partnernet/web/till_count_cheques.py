"""Cheques on hand as a small table."""

from __future__ import annotations

from collections.abc import Iterable

from partnernet.domain.cheques import INSTITUTIONS
from partnernet.domain.counts import HeldCheque
from partnernet.domain.money import total
from partnernet.i18n import _
from partnernet.i18n.formats import day, money
from partnernet.web.summary import Column, draw_table


def bank_of(cheque: HeldCheque) -> str:
    """The institution's name, or its number when nobody knows it."""
    return INSTITUTIONS.get(cheque.institution, cheque.institution)


def in_words(cheques: tuple[HeldCheque, ...]) -> str:
    """How many and how much, as ``2 · 812,37 $``."""
    return f"{len(cheques)} · {money(total(cheque.amount for cheque in cheques))}"


def draw(cheques: Iterable[HeldCheque]) -> None:
    """One row a cheque."""
    columns = (
        Column(_("No")),
        Column(_("Titulaire"), long=True),
        Column(_("Institution")),
        Column(_("Date")),
        Column(_("Montant"), figures=True),
    )
    rows = [
        (cheque.number, cheque.drawer, bank_of(cheque), day(cheque.dated), money(cheque.amount)) for cheque in cheques
    ]
    draw_table(columns, rows)
