"""The last receipts of the day, newest first, each with a link that prints it."""

from __future__ import annotations

from collections.abc import Iterable

from partnernet.domain.receipts import ListedPayment
from partnernet.i18n import _
from partnernet.i18n.formats import hour
from partnernet.i18n.labels import tender as tender_label
from partnernet.web import receipt_paper
from partnernet.web.day_table import state
from partnernet.web.summary import Column, Link, draw_table, shown


def draw(receipts: Iterable[ListedPayment], timezone: str) -> None:
    """Draw the table of ``receipts`` in the order given."""
    paper = receipt_paper.kept()
    columns = (
        Column(_("Reçu")),
        Column(_("Heure")),
        Column(_("Client"), long=True),
        Column(_("Type")),
        Column(_("Montant"), figures=True),
        Column(_("État")),
        Column(_("Impression")),
    )
    rows = [
        (
            receipt.receipt_number,
            hour(receipt.at, timezone),
            f"{receipt.customer_number} — {receipt.customer_name}",
            tender_label(receipt.tender),
            shown(receipt.shown_amount),
            state(receipt),
            Link(
                _("Imprimer"),
                paper.print_address(receipt.receipt_number),
                _("Imprimer le reçu no {number}").format(number=receipt.receipt_number),
            ),
        )
        for receipt in receipts
    ]
    draw_table(columns, rows)
