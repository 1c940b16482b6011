"""One batch: what went out with it, its files to download, and where each branch's books stood."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch
from partnernet.domain.permissions import Permission, allowed
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, money
from partnernet.services import exports
from partnernet.web.callbacks import callback
from partnernet.web.exchange_words import counted, timezone_of
from partnernet.web.runtime import database
from partnernet.web.spreadsheets import CSV_TYPE
from partnernet.web.summary import Column, Figure, draw_figures, draw_table


def draw(batch: Batch, *, by: Agent, again: bool) -> None:
    """Draw a batch; its files are for whoever may exchange them. ``again``: downloads go to the audit log as such."""
    with st.container(border=True):
        st.html(_described(batch, by))
        draw_figures(_figures(batch))
        if allowed(by, Permission.EXCHANGE_FILES):
            _draw_downloads(batch, by, again=again)
        _draw_anchors(batch)


def _described(batch: Batch, by: Agent) -> str:
    title = _("Lot no {number}").format(number=batch.number)
    when = moment(batch.cut_at, timezone_of(by))
    cut = _("préparé le {moment} par {name}").format(moment=when, name=batch.cut_by)
    return f'<p class="pn-slip"><strong>{escape(title)}</strong> <span class="pn-quiet">{escape(cut)}</span></p>'


def _figures(batch: Batch) -> list[Figure]:
    figures = [Figure(_("Total du lot"), money(batch.net), counted(batch), main=True)]
    if batch.reversal_count:
        figures.append(Figure(_("Paiements"), money(batch.payments)))
        figures.append(Figure(_("Contre-passations"), money(-batch.reversals)))
    if batch.deposit_count:
        count = batch.deposit_count
        reached = ngettext("{count} dépôt rendu à la banque", "{count} dépôts rendus à la banque", count)
        figures.append(Figure(_("Dépôts"), reached.format(count=count)))
    return figures


def _draw_downloads(batch: Batch, by: Agent, *, again: bool) -> None:
    """A batch's file is the same to the byte whenever it is downloaded."""
    with st.container(horizontal=True):
        for kind in batch.files:
            found = exports.file(database(), batch.number, kind, by=by)
            st.download_button(
                found.name,
                found.content,
                found.name,
                CSV_TYPE,
                key=f"batch_file:{found.name}",
                on_click=partial(_keep_in_log, batch.number) if again else "ignore",
                icon=":material/download:",
            )


@callback
def _keep_in_log(by: Agent, number: int) -> None:
    """The browser has the file by itself; that it went out again is kept."""
    exports.produce_again(database(), number, by=by, at=now())


def _draw_anchors(batch: Batch) -> None:
    """Where each branch's chain stood, to be compared with what it says later."""
    with st.expander(_("Ancrage : où en était le grand livre de chaque succursale")):
        columns = (
            Column(_("Succursale")),
            Column(_("Dernière écriture"), figures=True),
            Column(_("Empreinte"), long=True),
        )
        draw_table(columns, [(each.branch_code, str(each.sequence), each.hash) for each in batch.anchors])
