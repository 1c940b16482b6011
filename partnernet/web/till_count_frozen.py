"""A frozen count: over or short in words and figures, what could explain it, and the way on."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, Branch
from partnernet.domain.counts import FrozenCount
from partnernet.domain.submissions import ReadyCount, submission_key
from partnernet.i18n import _
from partnernet.i18n.formats import money
from partnernet.i18n.labels import difference as difference_in_words
from partnernet.services import submissions
from partnernet.web import count_findings, refusal_notes, till_count_cheques, till_count_submission
from partnernet.web.runtime import database
from partnernet.web.summary import Column, draw_table
from partnernet.web.till_count_begin import begin
from partnernet.web.till_count_notes import draw_whole
from partnernet.web.till_count_words import when
from partnernet.web.watch import watch


def draw(ready: ReadyCount, branch: Branch, till_of: str = "") -> None:
    """Draw what was found, then what submitting it takes; or what stands in the way.

    ``till_of`` is an absent agent's login: that till is counted again beside a witness, elsewhere.
    """
    count = ready.count
    st.html(f'<p class="pn-count-state">{escape(_state(count, branch))}</p>')
    draw_whole()
    work, panel = st.columns([7, 3], gap="large")
    with work:
        _draw_verdict(count)
        if ready.obstacle:
            _draw_obstacle(ready)
        count_findings.draw_suspects(count, branch)
        _draw_earlier(ready.earlier, branch)
        if not ready.obstacle:
            till_count_submission.draw_bag(ready)
    with panel.container(key="count-panel"):
        if not ready.obstacle:
            till_count_submission.draw_panel(ready)
        if not till_of:
            _draw_recount(ready)
    _watch(ready, till_of)


def _draw_recount(ready: ReadyCount) -> None:
    st.button(
        _("Recompter"),
        type="primary" if ready.obstacle else "secondary",
        width="stretch",
        on_click=begin,
    )
    kept = _("Le décompte figé est gardé ; un autre s'ajoute, marqué « non à l'aveugle ».")
    st.html(f'<p class="pn-quiet">{escape(kept)}</p>')


def _state(count: FrozenCount, branch: Branch) -> str:
    frozen = _("Décompte no {number}, figé {when}").format(number=count.number, when=when(count.frozen_at, branch))
    return f"{frozen} · {_blindness(count)}"


def _blindness(count: FrozenCount) -> str:
    return _("à l'aveugle") if count.blind else _("non à l'aveugle")


def _draw_verdict(count: FrozenCount) -> None:
    found = count.difference
    figures = [(_("Compté"), money(count.counted)), (_("Attendu"), money(count.expected))]
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in figures)
    verdict = f"<p>{escape(difference_in_words(found))}</p><dl>{rows}</dl>"
    st.html(f'<section class="pn-verdict {count_findings.look_of(found)}" role="status">{verdict}</section>')


def _draw_obstacle(ready: ReadyCount) -> None:
    """Why it cannot be submitted as it is, and what to do; cheques that were not ticked, one by one."""
    if ready.obstacle:
        refusal_notes.of_the_form(((None, refusal_notes.said(ready.obstacle)),))
    if ready.count.missing:
        st.subheader(_("Chèques non cochés"), anchor=False)
        till_count_cheques.draw(ready.count.missing)


def _draw_earlier(earlier: tuple[FrozenCount, ...], branch: Branch) -> None:
    if not earlier:
        return
    st.subheader(_("Décomptes précédents"), anchor=False)
    columns = (Column(_("Décompte"), long=True), Column(_("Compté"), figures=True), Column(_("Écart"), figures=True))
    draw_table(
        columns,
        [(_state(count, branch), money(count.counted), difference_in_words(count.difference)) for count in earlier],
    )


def _seen(ready: ReadyCount | None) -> object:
    """What would draw the view differently."""
    return ready and (ready.count, ready.cheques, ready.post_dated, type(ready.obstacle))


def _watch(ready: ReadyCount, till_of: str) -> None:
    """Look whether it was submitted or moved elsewhere: a reload in mid-submission ends at its result by itself."""
    key = submission_key(ready.count.id)

    def has_changed(by: Agent) -> bool:
        if _seen(submissions.prepared(database(), by=by, at=now(), till_of=till_of)) == _seen(ready):
            return False
        if submissions.by_key(database(), key, by=by, at=now()):
            st.query_params["op"] = key
        return True

    watch(has_changed)
