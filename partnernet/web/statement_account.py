"""An account as it stands: figures, age of the balance, open documents, credits, and what was paid since the import."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from partnernet.domain.accounts import OpenItem
from partnernet.domain.agents import Agent
from partnernet.domain.aging import days_late
from partnernet.domain.money import ZERO, total
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.statements import AccountToday, Posted
from partnernet.i18n import _, labels, ngettext
from partnernet.i18n.formats import day, due, moment, money
from partnernet.settings import settings
from partnernet.web import receipt_paper
from partnernet.web.summary import Cell, Column, Figure, Link, draw_figures, draw_table

# Beyond this many rows a list scrolls in a box of its own, so that what follows it stays within reach.
_ROWS_IN_FULL = 12
_BOX_PIXELS = 440


def draw_balance(today: AccountToday) -> None:
    """What is due, and what was taken off the documents to come to it."""
    standing, credits_ = today.account.standing, total(item.open_amount for item in today.credits)
    principal = settings().principal_name
    draw_figures(
        [
            Figure(_("Total dû"), due(standing.total_due), _total_note(today), main=True),
            Figure(_("En souffrance"), money(standing.past_due)),
            Figure(
                _("Crédits chez {principal}").format(principal=principal),
                money(credits_),
                _("déjà déduits") if credits_ else _("aucun"),
            ),
            Figure(_since(today), money(-today.since_amount), _since_note(today)),
        ]
    )


def draw_documents(today: AccountToday) -> None:
    """The open documents, oldest due date first, with what remains to pay of each."""
    documents = today.account.standing.documents
    st.header(_("Documents ouverts"), anchor=False)
    if not documents:
        st.info(_("Aucun document ouvert."))
        return
    columns = (
        Column(_("Document"), long=True),
        Column(_("Date")),
        Column(_("Échéance")),
        Column(_("Retard"), figures=True),
        Column(_("Montant"), figures=True),
        Column(_("Reste à payer"), figures=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            document.document_number,
            day(document.document_date),
            day(document.due_date),
            _late(days_late(document.due_date, today.today)),
            money(document.amount),
            money(document.open_amount),
        )
        for document in documents
    ]
    _boxed(columns, rows, "documents")


def draw_credits(credits_: Sequence[OpenItem]) -> None:
    """Credit notes and unapplied payments, when there are any."""
    if not credits_:
        return
    st.header(_("Crédits"), anchor=False)
    columns = (
        Column(_("Document"), long=True),
        Column(_("Type")),
        Column(_("Date")),
        Column(_("Crédit restant"), figures=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (item.document_number, labels.document_kind(item.kind), day(item.document_date), money(item.open_amount))
        for item in credits_
    ]
    _boxed(columns, rows, "credits")


def draw_since(today: AccountToday, *, by: Agent) -> None:
    """What the counter took, or took back, that the import does not include; receipts of the person's branch can be
    printed again."""
    st.header(_since(today), anchor=False)
    if not today.since:
        st.info(_("Aucun paiement depuis l'import.") if today.first_day else _("Aucun paiement pris au comptoir."))
        return
    columns = (
        Column(_("Reçu")),
        Column(_("Date")),
        Column(_("Type")),
        Column(_("Montant"), figures=True),
        Column(_("État"), long=True),
        Column(_("Impression")),
        *([Column(_("Correction"))] if allowed(by, Permission.REVERSE_PAYMENT) else []),
    )
    _boxed(columns, [_since_row(posted, today, by)[: len(columns)] for posted in today.since], "since")


def _since_row(posted: Posted, today: AccountToday, by: Agent) -> tuple[Cell, ...]:
    return (
        posted.receipt_number,
        moment(posted.at, today.timezone),
        _kind(posted),
        money(-posted.change),
        _state(posted, today),
        _reprint(posted, by),
        _correction(posted, by),
    )


def _kind(posted: Posted) -> str:
    if posted.reason is not None:
        return _("Contre-passation")
    if posted.cheque_number:
        return _("Chèque {number}").format(number=posted.cheque_number)
    return labels.tender(posted.tender)


def _state(posted: Posted, today: AccountToday) -> str:
    if posted.reason is not None:
        return labels.reversal_reason(posted.reason)
    if posted.reversed_at is not None:
        return _("contre-passé le {day}").format(day=moment(posted.reversed_at, today.timezone)[:10])
    if posted.cheque_dated is not None and posted.cheque_dated > today.today:
        return _("postdaté au {day}, en attente d'encaissement").format(day=day(posted.cheque_dated))
    if posted.corrects:
        return _("réinscrit à la place du reçu no {number}").format(number=posted.corrects)
    return ""


def _is_receipt_of(posted: Posted, by: Agent) -> bool:
    """Whether it is a payment of the person's branch: another's papers are not printed here, nor its work corrected."""
    return posted.reason is None and by.branch is not None and by.branch.id == posted.branch_id


def _correction(posted: Posted, by: Agent) -> Cell:
    """A payment in force can be corrected, by whoever corrects."""
    if posted.reversed_at is not None or not _is_receipt_of(posted, by):
        return ""
    address = f"/contre-passations?{urlencode({'recu': posted.receipt_number})}"
    return Link(_("Corriger"), address, _("Corriger le reçu {number}").format(number=posted.receipt_number))


def _reprint(posted: Posted, by: Agent) -> Cell:
    """A receipt once more, for the customer who lost it."""
    if not _is_receipt_of(posted, by):
        return ""
    name = _("Imprimer le reçu {number}").format(number=posted.receipt_number)
    return Link(_("Imprimer"), receipt_paper.kept().print_address(posted.receipt_number), name)


def _total_note(today: AccountToday) -> str:
    return _("crédit au compte") if today.account.standing.total_due < ZERO else ""


def _since(today: AccountToday) -> str:
    return _("Paiements depuis l'import") if today.first_day else _("Paiements pris au comptoir")


def _since_note(today: AccountToday) -> str:
    count, taken_back = today.account.payments_since, sum(posted.reason is not None for posted in today.since)
    parts = []
    if count:
        parts.append(ngettext("{count} paiement", "{count} paiements", count).format(count=count))
    if taken_back:
        reversals = ngettext("{count} contre-passation", "{count} contre-passations", taken_back)
        parts.append(reversals.format(count=taken_back))
    if taken_back or not count:
        return ", ".join(parts) or _("aucun")
    return ngettext("{count} paiement, déjà déduit", "{count} paiements, déjà déduits", count).format(count=count)


def _late(days: int) -> str:
    return ngettext("{count} jour", "{count} jours", days).format(count=days) if days else ""


def _boxed(columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], key: str) -> None:
    long = len(rows) > _ROWS_IN_FULL
    with st.container(height=_BOX_PIXELS if long else "content", border=long, key=f"list-{key}"):
        draw_table(columns, rows)
