"""Lines that cannot be imported, and lines that deserve a look: the first ones as a table, all the faulty as a CSV."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import whole
from partnernet.web.exchange_notebook import Findings, Told, csv_of
from partnernet.web.spreadsheets import CSV_TYPE

_VISIBLE_ROWS = 8
_ROW_PIXELS = 35


def draw(findings: Findings) -> None:
    """Draw the faulty lines, if there are any, and their file."""
    if not findings.fault_count:
        return
    count = findings.fault_count
    title = ngettext("{count} ligne fautive", "{count} lignes fautives", count).format(count=whole(count))
    st.subheader(title + _of_first(len(findings.faults), count), anchor=False)
    _draw_table(findings.faults, "faulty_lines", title)
    draw_download(findings)


def draw_download(findings: Findings) -> None:
    """Draw what downloads all the faulty lines."""
    st.download_button(
        _("Télécharger les lignes fautives"),
        partial(csv_of, findings),
        _("lignes-fautives.csv"),
        CSV_TYPE,
        key="faulty_lines_file",
        on_click="ignore",
        icon=":material/download:",
    )


def draw_cautions(findings: Findings) -> None:
    """Draw what is imported although something in it deserves a look."""
    if not findings.caution_count:
        return
    count = findings.caution_count
    title = ngettext("{count} remarque", "{count} remarques", count).format(count=whole(count))
    with st.expander(title + _of_first(len(findings.cautions), count)):
        _draw_table(findings.cautions, "cautions", title)


def _of_first(shown: int, count: int) -> str:
    if shown == count:
        return ""
    return " " + _("(les {shown} premières ici)").format(shown=whole(shown))


def _draw_table(lines: tuple[Told, ...], key: str, title: str) -> None:
    column = st.column_config
    headings = {
        _("Ligne"): column.NumberColumn(width=70, format="%d"),
        _("Raison"): column.TextColumn(width=520),
        _("Contenu"): column.TextColumn(width=520),
    }
    rows = [
        (each.line, f"{each.file_name} : {each.reason}" if each.file_name else each.reason, each.content)
        for each in lines
    ]
    table = pd.DataFrame(rows, columns=list(headings))
    if not any(each.content for each in lines):
        table = table.drop(columns=_("Contenu"))
    st.dataframe(
        table,
        hide_index=True,
        width="stretch",
        height=_ROW_PIXELS * (min(len(rows), _VISIBLE_ROWS) + 1) + 2,
        column_config=headings,
        key=key,
        alt=title,
    )
