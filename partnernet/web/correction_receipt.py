"""The receipt that is looked at: whose it is, how much, who took it, where its money is now, what was said of it."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.corrections import Examination
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, money, signed
from partnernet.web import correction_words, error_report_form

Figure = tuple[str, str]


def draw(found: Examination) -> None:
    """Draw the receipt as it was entered. Names come from files and people: they are escaped, never rendered."""
    paid = found.receipt
    who = f"{paid.customer.number} · {paid.customer.name}"
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in _figures(found))
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(found))
    st.html(
        f'<section class="pn-corrected"><h2>{escape(who)} <span>{escape(paid.customer.city)}</span></h2>'
        f"<dl>{rows}</dl>{notes}</section>"
    )
    if found.where:
        for report in found.reports:
            error_report_form.draw_state(report, paid.branch.timezone, by_name=True)


def _figures(found: Examination) -> list[Figure]:
    paid = found.receipt
    figures = [(_("Montant crédité"), money(paid.amount)), (_("Type de paiement"), correction_words.paid_with(paid))]
    if paid.face_amount and paid.shares_cheque:
        figures.append((_("Montant du chèque"), money(paid.face_amount)))
    if paid.rounding:
        figures.append((_("Reçu en espèces"), money(paid.received)))
        figures.append((_("Arrondi"), signed(paid.rounding)))
    figures.append((_("Pris par"), f"{paid.agent_name} ({paid.agent_login})"))
    figures.append((_("Inscrit le"), moment(paid.at, paid.branch.timezone)))
    if found.where:
        figures.append((_("Où est l'argent maintenant"), correction_words.place(found)))
    return figures


def _notes(found: Examination) -> list[str]:
    paid, notes = found.receipt, []
    if paid.corrects:
        notes.append(
            _("Remplace le reçu no {number}, contre-passé (inscrit par {name}).").format(
                number=paid.corrects, name=paid.entered_by
            )
        )
    if found.sharing:
        others = ", ".join(f"{each.number} ({each.customer.name})" for each in found.sharing)
        same = ngettext(
            "Le même chèque paie aussi le reçu no {others}.",
            "Le même chèque paie aussi les reçus nos {others}.",
            len(found.sharing),
        )
        if paid.reversal:
            same = ngettext(
                "Le même chèque paie maintenant le reçu no {others}.",
                "Le même chèque paie maintenant les reçus nos {others}.",
                len(found.sharing),
            )
        notes.append(same.format(others=others))
    return notes
