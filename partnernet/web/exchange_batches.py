"""« Paiements à envoyer »: what waits for the principal's books, the batch that takes it there, and those that went."""

from __future__ import annotations

import secrets

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch, Waiting
from partnernet.domain.keys import is_key
from partnernet.domain.permissions import Permission, allowed
from partnernet.domain.refusals import Refusal
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, money
from partnernet.services import exports
from partnernet.settings import settings
from partnernet.web import exchange_batch, exchange_batch_list, just_done, refusal_notes
from partnernet.web.callbacks import callback, finished
from partnernet.web.exchange_words import counted, timezone_of
from partnernet.web.runtime import database
from partnernet.web.summary import Figure, draw_figures


def draw(by: Agent) -> None:
    """What waits comes first, then the batch of this form or the button that makes it, then all that went out."""
    waiting = exports.waiting(database(), by=by, at=now())
    batches = exports.batches(database(), by=by)
    draw_figures(_figures(waiting, batches, timezone_of(by)))
    if allowed(by, Permission.EXCHANGE_FILES):
        _draw_act(waiting, by)
    elif not waiting.count:
        st.info(_("Aucun paiement à envoyer."))
    exchange_batch_list.draw(batches, by=by)


def _figures(waiting: Waiting, batches: tuple[Batch, ...], timezone: str) -> list[Figure]:
    figures = [Figure(_("À envoyer"), money(waiting.net), counted(waiting), main=True)]
    if waiting.since:
        figures.append(Figure(_("En attente depuis"), moment(waiting.since, timezone), _("le plus ancien")))
    if waiting.post_dated_count:
        count = waiting.post_dated_count
        held = ngettext("{count} paiement, à partir de sa date", "{count} paiements, à partir de leur date", count)
        figures.append(Figure(_("Chèques postdatés"), money(waiting.post_dated), held.format(count=count)))
    if batches:
        last = batches[0]
        cut = _("préparé le {moment}").format(moment=moment(last.cut_at, timezone))
        figures.append(Figure(_("Dernier lot"), _("no {number}").format(number=last.number), cut))
    return figures


# --- the batch of this form -----------------------------------------------------------------------------------------


def _draw_act(waiting: Waiting, by: Agent) -> None:
    if not is_key(st.query_params.get("op", "")):
        _open_form()
    key = st.query_params["op"]
    made = exports.by_key(database(), key, by=by)
    if made:
        _draw_made(made, waiting, by)
    elif waiting.count:
        with st.container(key="focus-here-cut", width="content"):
            st.button(_("Préparer le lot"), type="primary", on_click=_cut, args=(key,))
    else:
        st.info(_("Aucun paiement à envoyer."))
    if not made:
        refusal_notes.of_the_form(st.session_state.get(_name(key), ()))


def _draw_made(made: Batch, waiting: Waiting, by: Agent) -> None:
    text = _("Lot no {number} préparé : {counted}, {amount}. Téléchargez ses fichiers, puis donnez-les à {principal}.")
    just_done.draw(
        text.format(
            number=made.number,
            counted=counted(made),
            amount=money(made.net),
            principal=settings().principal_name,
        )
    )
    exchange_batch.draw(made, by=by, again=False)
    if waiting.count:
        st.button(_("Préparer un autre lot"), on_click=finished(_open_form))


def _open_form() -> None:
    """A fresh key in the address: another batch can be made."""
    st.query_params["op"] = secrets.token_urlsafe(16)


def _name(key: str) -> str:
    """The session-state name of a refusal: another form's never leaks into this one."""
    return f"batch_refused:{key}"


@callback
def _cut(by: Agent, key: str) -> None:
    """The one service call; the key in the address makes it once."""
    refused: refusal_notes.Notes = ()
    try:
        made = exports.cut(database(), key, by=by, at=now())
    except Refusal as refusal:
        refused = ((None, refusal_notes.said(refusal)),)
    else:
        if made is None:  # somebody else was quicker
            refused = ((None, _("Aucun lot préparé : plus aucun paiement n'attend d'être envoyé.")),)
    st.session_state[_name(key)] = refused
