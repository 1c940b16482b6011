"""The payment form: the three ways of choosing the amount, the tender, « Soumettre » and what may come back.

Nothing here says whether a payment was saved: each render of the page looks the key up first, and shows the receipt
instead of this form once it is posted.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.accounts import Account
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.cheques import INSTITUTIONS
from partnernet.domain.concerns import ConfirmationNeeded
from partnernet.domain.money import ZERO, Money
from partnernet.domain.payment_form import ChequeFields, PaymentForm, preview, read_form
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.tenders import Tender
from partnernet.i18n import _
from partnernet.i18n.formats import due, figure, money, signed
from partnernet.i18n.labels import tender as tender_label
from partnernet.i18n.sentences import sentence
from partnernet.services import payments
from partnernet.web import customer_card, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.presence import current_agent
from partnernet.web.runtime import database
from partnernet.web.screens import PAGES

_WAYS = ("past_due", "total_due", "other")
_LOOK_EVERY_SECONDS = 3


def draw(account: Account, key: str, *, by: Agent) -> None:
    """Draw the form for one account and one key."""
    standing = account.standing
    st.session_state.setdefault(_name(key, "seen"), (standing.total_due.cents, standing.past_due.cents))
    st.title(_("Paiement de compte"), anchor=False)
    customer_card.draw(account, branch_of(by).timezone)
    left, right = st.columns([5, 7], gap="large")
    with left.container(key="focus-here-amounts"):
        _draw_amounts(account, key)
    with right:
        _draw_tender(account, key)
    _draw_answer(account, key)
    _watch(key)


def _name(key: str, field: str) -> str:
    """The session-state name of a field: another form's values never leak into this one."""
    return f"{field}:{key}"


# --- the amount -----------------------------------------------------------------------------------------------------


def _draw_amounts(account: Account, key: str) -> None:
    st.subheader(_("Sélectionner montant"), anchor=False)
    standing = account.standing
    for way, label, amount in (
        ("past_due", _("Montant en souffrance"), standing.past_due),
        ("total_due", _("Total dû"), standing.total_due),
    ):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.checkbox(
                label,
                key=_name(key, way),
                disabled=amount.cents <= 0,
                on_change=_choose,
                args=(key, way),
                width="content",
            )
            st.html(f'<p class="pn-amount">{due(amount)}</p>', width="content")
    st.text_input(
        _("Autre montant"), key=_name(key, "other"), placeholder=figure(ZERO), on_change=_choose, args=(key, "other")
    )
    refusal_notes.beside("amount", st.session_state.get(_name(key, "refused"), ()))


@callback
def _choose(_by: Agent, key: str, way: str) -> None:
    """One way in force: choosing one clears the others."""
    if not st.session_state.get(_name(key, way)):
        return
    for other in _WAYS:
        if other != way:
            st.session_state[_name(key, other)] = "" if other == "other" else False


# --- the tender and the buttons -------------------------------------------------------------------------------------


def _draw_tender(account: Account, key: str) -> None:
    tender = st.radio(
        _("Type de paiement"),
        list(Tender),
        format_func=tender_label,
        index=None,
        horizontal=True,
        key=_name(key, "tender"),
    )
    refused = st.session_state.get(_name(key, "refused"), ())
    refusal_notes.beside("tender", refused)
    if tender is Tender.CHEQUE:
        _draw_cheque(key, refused)
    # Enter in the last field submits: it stands in the form, with the buttons.
    last, label, hint = {
        Tender.CHEQUE: ("drawer", _("Titulaire"), None),
        Tender.CASH: ("handed", _("Montant remis"), _("facultatif, pour la monnaie")),
        None: (None, "", None),
    }[tender]
    with st.form(_name(key, "form"), border=False):
        if last:
            st.text_input(label, key=_name(key, last), placeholder=hint)
            refusal_notes.beside(last, refused)
        _draw_summary(account, key)
        submit, close, _rest = st.columns([3, 2, 2])
        submit.form_submit_button(
            _("Soumettre"),
            type="primary",
            width="stretch",
            on_click=_submit,
            args=(key, account.customer.number),
        )
        if close.form_submit_button(_("Fermer"), width="stretch"):
            st.switch_page(PAGES.home)


def _draw_cheque(key: str, refused: refusal_notes.Notes) -> None:
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
                st.text_input(label, key=_name(key, field), placeholder=hint)
                if field == "institution":
                    _draw_institution(key)
                refusal_notes.beside(field, refused)


def _draw_institution(key: str) -> None:
    """Whose number it is, in a line that is always there so that naming it moves nothing."""
    typed = str(st.session_state.get(_name(key, "institution")) or "").strip()
    st.html(f'<p class="pn-quiet pn-line">{escape(INSTITUTIONS.get(typed, ""))}&nbsp;</p>')


def _draw_summary(account: Account, key: str) -> None:
    """What will be received, in a line that is always there so that nothing moves under the pointer."""
    settlement = preview(_read(key, account.customer.number, confirming=False), account.standing)
    amount = money(settlement.received) if settlement else "—"
    rounding = ""
    if settlement and settlement.rounding:
        rounding = _("arrondi {difference}").format(difference=signed(settlement.rounding))
    label = _("À recevoir")
    st.html(
        f'<p class="pn-summary"><span>{escape(label)}</span> <strong>{amount}</strong> '
        f'<span class="pn-quiet">{rounding}</span></p>'
    )


# --- submitting -----------------------------------------------------------------------------------------------------


@callback
def _submit(by: Agent, key: str, number: str, confirming: bool = False) -> None:
    """Read every field into one frozen form, then make the one service call; nothing of Streamlit in between."""
    form = _read(key, number, confirming)
    refused: refusal_notes.Notes = ()
    concerns: tuple[object, ...] = ()
    try:
        payments.record(database(), read_form(form), by=by, at=now())
    except ConfirmationNeeded as needed:
        concerns = needed.concerns
    except FormRefused as several:
        refused = refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[_name(key, "refused")] = refused
    st.session_state[_name(key, "concerns")] = concerns


def _read(key: str, number: str, confirming: bool) -> PaymentForm:
    """Everything the form holds now: callbacks' ``args`` would hold what it held at the previous render."""
    state = st.session_state

    def typed(field: str) -> str:
        return str(state.get(_name(key, field)) or "")

    seen_total_due_cents, seen_past_due_cents = state.get(_name(key, "seen"), (0, 0))
    return PaymentForm(
        key=key,
        customer_number=number,
        past_due=bool(state.get(_name(key, "past_due"))),
        total_due=bool(state.get(_name(key, "total_due"))),
        other=typed("other"),
        tender=state.get(_name(key, "tender")),
        cheque=ChequeFields(
            number=typed("cheque_number"),
            transit=typed("transit"),
            institution=typed("institution"),
            account=typed("cheque_account"),
            dated=typed("cheque_date"),
            drawer=typed("drawer"),
        ),
        handed=typed("handed"),
        seen_total_due=Money(seen_total_due_cents),
        seen_past_due=Money(seen_past_due_cents),
        confirmed=frozenset(state.get(_name(key, "concerns"), ()) if confirming else ()),
    )


# --- what came back -------------------------------------------------------------------------------------------------


def _draw_answer(account: Account, key: str) -> None:
    """Below the buttons, where it moves nothing: refusals of the form as a whole, or the concerns to confirm."""
    refusal_notes.of_the_form(st.session_state.get(_name(key, "refused"), ()))
    concerns = st.session_state.get(_name(key, "concerns"), ())
    if not concerns:
        return
    with st.container(border=True, key="concerns"):
        refusal_notes.to_confirm(_("Avant d'enregistrer, confirmez avec le client :"), map(sentence, concerns))
        st.button(
            _("Confirmer le paiement"),
            type="primary",
            on_click=_submit,
            args=(key, account.customer.number, True),
        )


def _watch(key: str) -> None:
    """Look the key up while the form is open: a reload in mid-transaction ends at the receipt by itself."""

    @st.fragment(run_every=_LOOK_EVERY_SECONDS)
    def look() -> None:
        by = current_agent(active=False)
        if by is None or payments.by_key(database(), key, by=by):
            st.rerun()

    look()
