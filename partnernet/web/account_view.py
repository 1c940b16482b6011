"""An account as it stands: who, how much, since when, and which documents are open."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from partnernet.domain.accounts import Account, OpenItem
from partnernet.domain.money import ZERO
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import day, due, money
from partnernet.web import customer_card
from partnernet.web.summary import Column, Figure, draw_figures, draw_table


def draw(account: Account, at: datetime, timezone: str) -> None:
    """Draw the account at a moment; days and hours are those of the time zone given."""
    customer_card.draw(account, timezone)
    standing = account.standing
    draw_figures(
        [
            Figure(_("Total dû"), due(standing.total_due), _total_note(account), main=True),
            Figure(_("En souffrance"), money(standing.past_due)),
        ]
    )
    st.subheader(_("Documents ouverts"), anchor=False)
    if standing.documents:
        _draw_documents(standing.documents, at.astimezone(ZoneInfo(timezone)).date())
    else:
        st.info(_("Aucun document ouvert."))


def _total_note(account: Account) -> str:
    return _("crédit au compte") if account.standing.total_due < ZERO else ""


def _draw_documents(documents: tuple[OpenItem, ...], today: date) -> None:
    columns = (
        Column(_("Document"), long=True),
        Column(_("Échéance")),
        Column(_("Retard")),
        Column(_("Reste à payer"), figures=True),
    )
    draw_table(columns, [_row(document, today) for document in documents])


def _row(document: OpenItem, today: date) -> tuple[str, ...]:
    return (
        document.document_number,
        day(document.due_date),
        _late((today - document.due_date).days),
        money(document.open_amount),
    )


def _late(days: int) -> str:
    """A document due today is not past due."""
    if days <= 0:
        return ""
    return ngettext("{count} jour", "{count} jours", days).format(count=days)
