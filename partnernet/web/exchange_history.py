"""What was exchanged: files that came in and batches that went out, by whom and when, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import pandas as pd
import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch
from partnernet.domain.exchanges import FileImport, FileKind
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, money, whole
from partnernet.services import exchanges, exports
from partnernet.web.exchange_words import batch_named, counted, timezone_of
from partnernet.web.runtime import database

_VISIBLE_ROWS = 15
_ROW_PIXELS = 35


class _Event(NamedTuple):
    """A line of the history, the moment first: it is sorted by it."""

    at: datetime
    by: str
    what: str
    content: str
    detail: str


def draw(by: Agent) -> None:
    """Draw the history of both ways."""
    zone = timezone_of(by)
    events = [
        *(_of_import(done, zone) for done in exchanges.history(database(), by=by)),
        *(_of_batch(batch) for batch in exports.batches(database(), by=by)),
    ]
    if not events:
        st.info(_("Aucun échange pour l'instant."))
        return
    _draw_table(sorted(events, reverse=True), zone)


def _of_import(done: FileImport, zone: str) -> _Event:
    if done.kind is FileKind.CUSTOMERS:
        what, rows = _("Clients reçus"), ngettext("{count} client", "{count} clients", done.row_count)
    else:
        what, rows = _("Documents ouverts reçus"), ngettext("{count} document", "{count} documents", done.row_count)
    return _Event(
        done.imported_at,
        done.imported_by,
        what,
        rows.format(count=whole(done.row_count)),
        " · ".join((done.file_name, *_particulars(done, zone))),
    )


def _particulars(done: FileImport, zone: str) -> Iterator[str]:
    """The moment and the batch of a snapshot, then what was not as it should be."""
    if done.as_of is not None:
        yield _("au {moment}").format(moment=moment(done.as_of, zone))
        if done.through_batch:
            yield _("jusqu'au lot no {number}").format(number=done.through_batch)
        else:
            yield _("aucun lot inclus")
    if done.fault_count:
        aside = ngettext("{count} ligne mise de côté", "{count} lignes mises de côté", done.fault_count)
        yield aside.format(count=whole(done.fault_count))
    if done.caution_count:
        yield ngettext("{count} remarque", "{count} remarques", done.caution_count).format(
            count=whole(done.caution_count)
        )


def _of_batch(batch: Batch) -> _Event:
    detail = [money(batch.net)]
    if batch.deposit_count:
        detail.append(
            ngettext("{count} dépôt", "{count} dépôts", batch.deposit_count).format(count=batch.deposit_count)
        )
    return _Event(batch.cut_at, batch.cut_by, batch_named(batch.number), counted(batch), " · ".join(detail))


def _draw_table(events: list[_Event], zone: str) -> None:
    column = st.column_config.TextColumn
    headings = {
        _("Quand"): column(width=140),
        _("Quoi"): column(width=200),
        _("Nombre"): column(width=230),
        _("Détail"): column(width=460),
        _("Par"): column(width=130),
    }
    rows = [(moment(each.at, zone), each.what, each.content, each.detail, each.by) for each in events]
    st.dataframe(
        pd.DataFrame(rows, columns=list(headings)),
        hide_index=True,
        width="stretch",
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key="exchange_history",
        alt=_("Historique"),
    )
