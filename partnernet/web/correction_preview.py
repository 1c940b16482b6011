"""« Ce qui sera fait »: what a correction would do to the accounts and to the money, before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.correction_form import CorrectionForm, read_correction
from partnernet.domain.corrections import AccountChange, Correction, Examination
from partnernet.domain.money import ZERO, AmountRefusal
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.i18n import _
from partnernet.i18n.formats import due, money
from partnernet.services import reversals
from partnernet.web import correction_words, refusal_notes
from partnernet.web.runtime import database

_ANY_NOTE = "-"  # nothing of a preview is kept


def draw(found: Examination, form: CorrectionForm, refused: refusal_notes.Notes, *, by: Agent) -> None:
    """Draw what would be; while that cannot be said, what is missing, at the same height.

    What the last click was ``refused`` for stands beside its field or under the button, and is not said twice.
    """
    try:
        request = read_correction(replace(form, note=_ANY_NOTE), found)
        made = reversals.preview(database(), request, by=by, at=now())
    except FormRefused as several:
        # What was typed and cannot be read is told at once; what is still to come is not a fault.
        wrong = [each for each in several.refusals if isinstance(each, AmountRefusal) and form.amount.strip()]
        texts = [refusal_notes.said(each) for each in wrong]
        _say(next((text for text in texts if text not in _texts(refused)), _still_to_answer()))
        return
    except Refusal as refusal:
        why = refusal_notes.said(refusal)
        _say(_still_to_answer() if why in _texts(refused) else why)
        return
    wrong_first = sorted(made.accounts, key=lambda each: each.number != found.receipt.customer.number)
    parts = [_accounts(wrong_first), *(f"<p>{escape(each)}</p>" for each in correction_words.moves(found, made))]
    if made.reentered:
        new = made.reentered
        entered = _("Un nouveau reçu est inscrit au nom de {agent} : {amount} ({tender}), compte {number}.").format(
            agent=new.agent_name,
            amount=money(new.amount),
            tender=correction_words.paid_with(new),
            number=new.customer.number,
        )
        parts.append(f"<p>{escape(entered)}</p>")
        parts += [f'<p class="pn-unlikely">{escape(said)}</p>' for said in _unlikely(made)]
    if request.cash_only:
        cash_only = _("Aucun chèque ne sera plus accepté de ce compte.")
        parts.append(f"<p>{escape(cash_only)}</p>")
    st.html(f'<section class="pn-preview" role="status">{"".join(parts)}</section>')


def _texts(refused: refusal_notes.Notes) -> list[str]:
    return [text for _field, text in refused]


def _still_to_answer() -> str:
    return _("Répondez aux questions : ce qui sera fait s'affichera ici, avant que rien ne change.")


def _unlikely(made: Correction) -> list[str]:
    """What a slip of the finger in the new amount would do: an account that ends in credit, with more than it had."""
    said = _("Vérifiez le montant : le compte {number} aura un crédit de {amount}.")
    return [
        said.format(number=each.number, amount=money(-each.total_due_after))
        for each in made.accounts
        if each.total_due_after < min(each.total_due_before, ZERO)
    ]


def _say(text: str) -> None:
    st.html(f'<section class="pn-preview pn-quiet" role="status"><p>{escape(text)}</p></section>')


def _accounts(changes: Iterable[AccountChange]) -> str:
    """Each account's total due, before and after."""
    rows = "".join(
        f"<tr><td><strong>{escape(each.name)}</strong> {escape(each.number)}</td>"
        f"<td>{escape(due(each.total_due_before))}</td><td>{escape(due(each.total_due_after))}</td></tr>"
        for each in changes
    )
    heads = "".join(
        f"<th scope=col>{escape(head)}</th>" for head in (_("Compte"), _("Total dû avant"), _("Total dû après"))
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
