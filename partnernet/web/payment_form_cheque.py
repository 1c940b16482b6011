"""The cheque in the payment form: its fields, how much of it pays other accounts, or the sheet that is shared."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.domain.cheques import INSTITUTIONS
from partnernet.domain.money import ZERO
from partnernet.domain.shared_cheques import SharedCheque
from partnernet.i18n import _
from partnernet.i18n.formats import day, figure, money
from partnernet.web import refusal_notes
from partnernet.web.payment_form_fields import name


def draw_fields(key: str, refused: refusal_notes.Notes) -> None:
    """The cheque's fields but those of `draw_drawer`, which stand in the form with the buttons."""
    rows: tuple[tuple[tuple[str, str, str], ...], ...] = (
        (("cheque_number", _("Numéro de chèque"), ""), ("cheque_date", _("Date du chèque"), _("AAAA-MM-JJ"))),
        (
            ("transit", _("Transit"), "00000"),
            ("institution", _("Institution"), "000"),
            ("cheque_account", _("Compte"), ""),
        ),
    )
    for row in rows:
        for column, (field, label, hint) in zip(st.columns(len(row)), row, strict=True):
            with column:
                st.text_input(label, key=name(key, field), placeholder=hint)
                if field == "institution":
                    _draw_institution(key)
                refusal_notes.beside(field, refused)


def _draw_institution(key: str) -> None:
    """Whose number it is, in a line that is always there so that naming it moves nothing."""
    typed = str(st.session_state.get(name(key, "institution")) or "").strip()
    st.html(f'<p class="pn-quiet pn-line">{escape(INSTITUTIONS.get(typed, ""))}&nbsp;</p>')


def draw_drawer(key: str, refused: refusal_notes.Notes) -> None:
    """Who signed it, and whether it pays several accounts: in one row, always there, so that ticking moves nothing."""
    drawer, shared, amount = st.columns([12, 13, 8], vertical_alignment="bottom")
    drawer.text_input(_("Titulaire"), key=name(key, "drawer"))
    shared.checkbox(_("Ce chèque paie plusieurs comptes"), key=name(key, "shared"))
    amount.text_input(_("Montant du chèque"), key=name(key, "face_amount"), placeholder=figure(ZERO))
    for field in ("drawer", "face_amount"):
        refusal_notes.beside(field, refused)


def draw_sheet(sheet: SharedCheque) -> None:
    """The cheque on record that pays this account too: shown, since there is nothing left to enter of it."""
    st.subheader(_("Type de paiement"), anchor=False)
    cheque = sheet.cheque
    heading = _("Chèque no {number}").format(number=cheque.number)
    bank = " ".join(filter(None, (cheque.institution, INSTITUTIONS.get(cheque.institution, ""))))
    dated = _("daté du {day}").format(day=day(cheque.dated))
    figures = (
        (_("Montant du chèque"), sheet.face_amount),
        (_("Déjà réparti"), sheet.applied),
        (_("Reste à répartir"), sheet.rest),
    )
    terms = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(money(amount))}</dd></div>" for label, amount in figures)
    st.html(
        f'<section class="pn-sheet"><h2>{escape(heading)}</h2>'
        f"<p>{escape(bank)} · <span>{escape(dated)}</span> · {escape(cheque.drawer)}</p><dl>{terms}</dl></section>"
    )
