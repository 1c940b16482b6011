"""Finding a customer: by account number, or by four criteria. Two blocks, each with its button; Enter is that button.

What was searched stays in the tab's session, not in the URL: names and phone numbers have no place in a browser's
history or a proxy's log. Results are read anew at each run.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.customers import RESULT_LIMIT, SearchCriteria, SearchResult
from partnernet.domain.refusals import Refusal
from partnernet.domain.searches import CriteriaRefused
from partnernet.i18n import _, ngettext
from partnernet.i18n.sentences import sentence
from partnernet.services import customers
from partnernet.web import customer_results, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.inert import inert
from partnernet.web.runtime import database

OpenAccount = Callable[[str], None]

_NUMBER = "search_number"
_NUMBER_REFUSED = "search_number_refused"
_CRITERIA = "search_criteria"
_COUNT = "search_count"
_FIELDS = ("name", "city", "postal_code", "phone")


def draw(title: str, open_account: OpenAccount, *, by: Agent) -> None:
    """Draw the search; ``open_account`` is called, in a callback, with the exact number of the account chosen.

    Nobody is ever chosen for the person, not even the only customer found.
    """
    criteria: SearchCriteria | None = st.session_state.get(_CRITERIA)
    result, notes = _searched(criteria, by)
    st.title(title, anchor=False)
    _draw_number(open_account)
    _draw_criteria(criteria or SearchCriteria(), notes)
    if result:
        _draw_result(result, open_account)


def _searched(criteria: SearchCriteria | None, by: Agent) -> tuple[SearchResult | None, refusal_notes.Notes]:
    if criteria is None:
        return None, ()
    try:
        return customers.search(database(), criteria, by=by, at=now()), ()
    except CriteriaRefused as several:
        return None, refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        return None, refusal_notes.of(refusal)


# --- by number ------------------------------------------------------------------------------------------------------


def _draw_number(open_account: OpenAccount) -> None:
    with st.form("by_number"):
        field, button, _rest = st.columns([3, 1, 4], vertical_alignment="bottom")
        field.text_input(_("Numéro de client"), key=_NUMBER, autocomplete="off")
        button.form_submit_button(_("Aller à"), type="primary", width="stretch", on_click=_go_to, args=(open_account,))
        refusal_notes.beside("number", st.session_state.get(_NUMBER_REFUSED, ()))


@callback
def _go_to(by: Agent, open_account: OpenAccount) -> None:
    st.session_state[_NUMBER_REFUSED] = ()
    try:
        number = customers.by_number(database(), st.session_state[_NUMBER], by=by)
    except Refusal as refusal:
        st.session_state[_NUMBER_REFUSED] = (("number", sentence(refusal)),)
    else:
        open_account(number)


# --- by criteria ----------------------------------------------------------------------------------------------------


def _draw_criteria(criteria: SearchCriteria, notes: refusal_notes.Notes) -> None:
    fields = (
        ("name", _("Nom du client"), criteria.name, _("au complet, ou *partie*")),
        ("city", _("Ville"), criteria.city, _("nom exact")),
        ("postal_code", _("Code postal"), criteria.postal_code, _("H2X 1Y4 ou H2X*")),
        ("phone", _("Numéro de téléphone"), criteria.phone, "514 285-9286"),
    )
    with st.form("by_criteria"):
        for column, (field, label, typed, example) in zip(st.columns([4, 3, 2, 3]), fields, strict=True):
            with column:
                st.text_input(label, typed, key=_key(field), placeholder=example, autocomplete="off")
                refusal_notes.beside(field, notes)
        button, _rest = st.columns([1, 5])
        button.form_submit_button(_("Rechercher"), type="primary", width="stretch", on_click=_search)
        refusal_notes.of_the_form(tuple(note for note in notes if note[0] is None))


@callback
def _search(_by: Agent) -> None:
    _look_for(SearchCriteria(*(st.session_state[_key(field)] for field in _FIELDS)))


def _look_for(criteria: SearchCriteria) -> None:
    st.session_state[_CRITERIA] = criteria
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1
    customer_results.forget_choice()


def _key(field: str) -> str:
    return f"search_{field}"


# --- what was found -------------------------------------------------------------------------------------------------


def _draw_result(result: SearchResult, open_account: OpenAccount) -> None:
    if not result.rows:
        _draw_nothing_found(result.wider)
        return
    if result.truncated:
        st.warning(_("Plus de {limit} résultats : affinez la recherche").format(limit=RESULT_LIMIT))
    else:
        count = len(result.rows)
        st.text(ngettext("{count} client trouvé", "{count} clients trouvés", count).format(count=count))
    customer_results.draw(result.rows, open_account, focus=_focus())


def _focus() -> str:
    """A container of this name has the focus once, when it appears (static/app.js): one for each search."""
    return f"focus-here-found-{st.session_state[_COUNT]}"


def _draw_nothing_found(wider: SearchCriteria | None) -> None:
    st.info(_("Aucun client ne répond à ces critères."))
    if wider:
        label = _("Chercher {name}").format(name=inert(wider.name))
        with st.container(key=_focus()):
            st.button(label, on_click=_widen, args=(wider,), key="search_wider")


@callback
def _widen(_by: Agent, wider: SearchCriteria) -> None:
    st.session_state[_key("name")] = wider.name
    _look_for(wider)
