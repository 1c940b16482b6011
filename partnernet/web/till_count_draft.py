"""A count under way: what is typed and ticked is kept at once, line by line; nothing expected is shown."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, Branch
from partnernet.domain.counts import CountDraft, CountEntries, HeldCheque, NoCount
from partnernet.domain.money import total
from partnernet.domain.pieces import COINS, DENOMINATIONS, NOTES, ROLLS, CountRefused
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import day, money
from partnernet.services import counts
from partnernet.web import refusal_notes, till_count_fields, till_count_lines
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database
from partnernet.web.till_count_cheques import bank_of
from partnernet.web.till_count_notes import draw_whole, keep_whole
from partnernet.web.till_count_words import when
from partnernet.web.watch import watch

CHEQUE_PX, AMOUNT_PX = 160, 104


def draw(draft: CountDraft, branch: Branch, till_of: str = "") -> None:
    """Draw the fields as the draft holds them, and what they come to; ``till_of`` is an absent agent's login."""
    till_count_fields.take_up(draft)
    _draw_state(draft, branch)
    work, panel = st.columns([7, 3], gap="large")
    with work:
        with st.container(key="focus-here-count"):
            _draw_cash(draft)
        _draw_cheques(draft)
    with panel.container(key="count-panel"):
        _draw_panel(draft)
    _watch(draft, till_of)


# --- what is drawn ----------------------------------------------------------------------------------------------------


def _draw_state(draft: CountDraft, branch: Branch) -> None:
    """Since when, whether it is blind, and what came in meanwhile: lines that are always there."""
    started = _("Décompte no {number}, commencé {when}").format(
        number=draft.number, when=when(draft.started_at, branch)
    )
    if not draft.blind:
        started += " · " + _("non à l'aveugle")
    since = _("Aucun paiement pris depuis le début du décompte.")
    if draft.payments_since:
        since = ngettext(
            "{count} paiement pris depuis le début du décompte : comptez-le aussi.",
            "{count} paiements pris depuis le début du décompte : comptez-les aussi.",
            draft.payments_since,
        ).format(count=draft.payments_since)
    look = _since_look(draft.payments_since)
    st.html(f'<p class="pn-count-state">{escape(started)}<br><span class="{look}">{escape(since)}</span></p>')


def _since_look(payments_since: int) -> str:
    return "pn-since pn-flag" if payments_since else "pn-since"


def _refused(count_id: int) -> str:
    """Where the sentences of the lines that cannot be read are kept until the next attempt."""
    return f"count:{count_id}:refused"


def _draw_cash(draft: CountDraft) -> None:
    st.subheader(_("Espèces"), anchor=False)
    refused = st.session_state.get(_refused(draft.id), ())
    coins, notes = st.columns(2, gap="large")
    for place, denominations, headings in (
        (coins, COINS, (_("À l'unité"), _("Rouleaux"))),
        (notes, NOTES, (_("Billets"),)),
    ):
        with place.container(gap="xsmall"):
            till_count_lines.draw_head(*headings, last=_("Valeur"))
            for each in denominations:
                till_count_lines.draw_line(draft.id, each, _save)
                till_count_lines.draw_refused(each, refused)


def _draw_cheques(draft: CountDraft) -> None:
    """To be ticked one by one; post-dated ones apart, since they stay in the till until their date."""
    due = [cheque for cheque in draft.cheques if not cheque.post_dated]
    post_dated = [cheque for cheque in draft.cheques if cheque.post_dated]
    st.subheader(_("Chèques"), anchor=False)
    if not draft.cheques:
        st.text(_("Aucun chèque en main."))
    for title, cheques in ((_("Cochez chaque chèque que vous avez en main."), due), (_("Postdatés"), post_dated)):
        if cheques:
            with st.container(gap=None):
                st.html(f'<p class="pn-quiet">{escape(title)}</p>')
                for cheque in cheques:
                    _draw_cheque(draft.id, cheque)


def _draw_cheque(count_id: int, cheque: HeldCheque) -> None:
    """Its number is the name of its box, which nothing that people write can disturb."""
    which = f"{bank_of(cheque)} · {day(cheque.dated)}"
    with st.container(horizontal=True, gap="small", vertical_alignment="center", wrap=False, key=f"cheque-{cheque.id}"):
        st.checkbox(
            _("Chèque {number}").format(number=cheque.number),
            bool(till_count_fields.start_of(count_id, "tick", cheque.id)),
            key=till_count_fields.name_of(count_id, "tick", cheque.id),
            on_change=_save,
            args=(count_id,),
            width=CHEQUE_PX,
        )
        st.html(f'<p class="pn-cheque">{escape(cheque.drawer)} <span class="pn-quiet">{escape(which)}</span></p>')
        st.html(f'<p class="pn-line-right">{escape(money(cheque.amount))}</p>', width=AMOUNT_PX)


def _draw_panel(draft: CountDraft) -> None:
    """What was counted so far, and the buttons, beside the fields: what grows there moves nothing under the pointer."""
    cash, unreadable = till_count_lines.values(
        {each: str(till_count_fields.value_of(draft.id, "typed", each)) for each in DENOMINATIONS},
        {each: str(till_count_fields.value_of(draft.id, "rolls", each)) for each in ROLLS},
    )
    ticked = tuple(cheque for cheque in draft.cheques if till_count_fields.value_of(draft.id, "tick", cheque.id))
    skipped = "\u00a0"
    if unreadable:
        skipped = ngettext(
            "{count} ligne illisible, non comptée", "{count} lignes illisibles, non comptées", unreadable
        ).format(count=unreadable)
    of_cheques = _("{count} sur {all} · {amount}").format(
        count=len(ticked), all=len(draft.cheques), amount=money(total(cheque.amount for cheque in ticked))
    )
    label, cheques = _("Espèces comptées"), _("Chèques cochés")
    st.html(
        f'<dl class="pn-counted" aria-live="polite"><dt>{escape(label)}</dt><dd class="pn-counted-cash">'
        f'{escape(money(cash))}</dd><dd class="pn-line-bad">{escape(skipped)}</dd>'
        f"<dt>{escape(cheques)}</dt><dd>{escape(of_cheques)}</dd></dl>"
    )
    st.button(_("Figer le décompte"), type="primary", width="stretch", on_click=_freeze, args=(draft.id,))
    with st.popover(_("Abandonner"), width="stretch"):
        st.text(_("Tout ce qui a été écrit et coché dans ce décompte sera oublié."))
        st.button(_("Abandonner le décompte"), on_click=_drop, args=(draft.id,))
    kept = _("Ce que vous écrivez et cochez est enregistré au fur et à mesure. Entrée passe à la case suivante.")
    st.html(f'<p class="pn-quiet">{escape(kept)}</p>')
    draw_whole()


def _watch(draft: CountDraft, till_of: str) -> None:
    """Another browser on the same till, and payments taken meanwhile: look, and draw again when something changed."""

    watch(lambda by: counts.current(database(), by=by, at=now(), till_of=till_of) != draft)


# --- what is done -----------------------------------------------------------------------------------------------------


@callback
def _save(by: Agent, count_id: int) -> None:
    """Keep what has just been typed or ticked, and whatever an earlier attempt could not save."""
    entries = till_count_fields.unsaved(count_id)
    refused: refusal_notes.Notes = ()
    if entries != CountEntries():
        try:
            counts.save(database(), count_id, entries, by=by, at=now())
        except Refusal as refusal:
            refused = refusal_notes.of(refusal)
    keep_whole(refused)


@callback
def _freeze(by: Agent, count_id: int) -> None:
    """Freeze the draft with what this tab has typed last; frozen already, the next render shows it."""
    entries = till_count_fields.unsaved(count_id)
    lines: refusal_notes.Notes = ()
    whole: refusal_notes.Notes = ()
    try:
        draft = counts.save(database(), count_id, entries, by=by, at=now())
        counts.freeze(database(), count_id, draft.typed, draft.rolls, draft.ticked, by=by, at=now())
    except CountRefused as refused:
        lines, whole = till_count_lines.notes_of(refused), refusal_notes.of(refused)
    except NoCount:
        pass  # a second click, or another browser was first
    except Refusal as refusal:
        whole = refusal_notes.of(refusal)
    st.session_state[_refused(count_id)] = lines
    keep_whole(whole)


@callback
def _drop(by: Agent, count_id: int) -> None:
    refused: refusal_notes.Notes = ()
    try:
        counts.drop(database(), count_id, by=by, at=now())
    except NoCount:
        pass  # given up already, or frozen: the next render shows where it stands
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    keep_whole(refused)
