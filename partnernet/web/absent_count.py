"""« Agent absent »: a supervisor counts the till beside a witness, who signs with their own password."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, branch_of
from partnernet.domain.counts import AbsentTill, CountDraft
from partnernet.domain.handovers import Person
from partnernet.domain.keys import is_key
from partnernet.domain.passwords import LONGEST_CHARS
from partnernet.i18n import _
from partnernet.i18n.formats import moment
from partnernet.services import counts, handovers, submissions
from partnernet.web import proof_form, till_count_draft, till_count_frozen, till_count_own
from partnernet.web.callbacks import finished
from partnernet.web.runtime import database
from partnernet.web.summary import draw_heading

ABSENT = "absent"
_FORM = """
<form class="pn-proof" method="post" action="/absent-count">
  <label for="pn-till-of">{till_label}</label><select id="pn-till-of" name="till_of" required>{tills}</select>
  <label for="pn-witness">{witness_label}</label><select id="pn-witness" name="witness" required>{witnesses}</select>
  <label for="pn-witness-password">{password_label}</label>
  <input id="pn-witness-password" name="password" type="password" maxlength="{longest}" required autocomplete="off">
  {said}
  <input type="hidden" name="next" value="{next}">
  <button type="submit">{submit}</button>
</form>
"""


def draw_entry(by: Agent) -> None:
    """On the list: the tills that somebody else could count, and those that this person is counting."""
    tills = counts.others(database(), by=by)
    if not tills:
        return
    st.header(_("Agent absent"), anchor=False)
    for till in tills:
        if counts.current(database(), by=by, at=now(), till_of=till.login):
            label = _("Poursuivre le décompte de la caisse de {name}").format(name=till.name)
            st.button(label, key=f"absent_{till.login}", on_click=_open, args=(till.login,))
    with st.expander(_("Compter la caisse d'un agent absent"), expanded=bool(proof_form.said())):
        _draw_form(tills, by)


def draw_count(login: str, by: Agent) -> None:
    """The count of one absent agent's till, as far as it is; the address keeps whose."""
    found = next((till for till in counts.others(database(), by=by) if till.login == login), None)
    key, branch = st.query_params.get("op", ""), branch_of(by)
    submitted = submissions.by_key(database(), key, by=by, at=now()) if is_key(key) else None
    name = submitted.agent_name if submitted else found.name if found else login
    since = moment(found.opened_at, branch.timezone) if found else ""
    note = _("caisse ouverte depuis {since}").format(since=since) if since else ""
    draw_heading(_("Caisse de {name}").format(name=name), note)
    st.button(_("Retour à la liste"), icon=":material/arrow_back:", on_click=_leave)
    if submitted:
        till_count_own.draw_submitted(submitted, branch.timezone)
        return
    current = counts.current(database(), by=by, at=now(), till_of=login)
    ready = current and submissions.prepared(database(), by=by, at=now(), till_of=login)
    if isinstance(current, CountDraft):
        till_count_draft.draw(current, branch, till_of=login)
    elif ready:
        till_count_frozen.draw(ready, branch, till_of=login)
        with st.expander(_("Recompter devant un témoin"), expanded=bool(proof_form.said())):
            _draw_form((found,) if found else (), by)
    elif found:
        _draw_form((found,), by)
    else:
        st.info(_("Cette caisse n'est pas à compter : elle n'est pas ouverte, ou elle est soumise."))


def _draw_form(tills: tuple[AbsentTill, ...], by: Agent) -> None:
    """A native form: the witness types their password into no widget, and no one's password manager keeps it."""
    people = [person for person in handovers.till_keepers(database(), by=by) if person.id != by.id]
    chosen = proof_form.kept_text().split(" ")
    st.html(
        _FORM.format(
            till_label=escape(_("Agent absent")),
            tills="".join([_option("", _("Choisissez")), *(_till_option(till, by, chosen) for till in tills)]),
            witness_label=escape(_("Témoin")),
            witnesses="".join([_option("", _("Choisissez le témoin")), *(_person_option(p, chosen) for p in people)]),
            password_label=escape(_("Mot de passe du témoin")),
            longest=LONGEST_CHARS,
            said=proof_form.said(),
            next=escape(proof_form.address()),
            submit=escape(_("Commencer le décompte")),
        )
    )


def _till_option(till: AbsentTill, by: Agent, chosen: list[str]) -> str:
    since = _("ouverte depuis {since}").format(since=moment(till.opened_at, branch_of(by).timezone))
    return _option(till.login, f"{till.name} ({till.login}), {since}", selected=till.login == chosen[0])


def _person_option(person: Person, chosen: list[str]) -> str:
    return _option(person.login, f"{person.name} ({person.login})", selected=person.login == chosen[-1])


def _option(value: str, text: str, *, selected: bool = False) -> str:
    return f'<option value="{escape(value)}"{" selected" if selected else ""}>{escape(text)}</option>'


@finished
def _open(login: str) -> None:
    st.query_params.from_dict({ABSENT: login})


@finished
def _leave() -> None:
    st.query_params.from_dict({})
