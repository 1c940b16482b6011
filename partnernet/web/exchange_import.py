"""Importing what was checked, once; and what was imported, for as long as its form's address is open."""

from __future__ import annotations

from contextlib import ExitStack
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.exchange_form import FileMayBeCutShort
from partnernet.domain.exchanges import ChangedSinceChecked, FileImport, FileKind
from partnernet.domain.refusals import Refusal
from partnernet.domain.snapshots import OpenItemsPreview
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import whole
from partnernet.services import exchanges
from partnernet.services.file_check import Listener
from partnernet.web import (
    exchange_check,
    exchange_faults,
    exchange_fields,
    exchange_progress,
    exchange_upload,
    just_done,
    refusal_notes,
)
from partnernet.web.callbacks import callback
from partnernet.web.exchange_check import Checked
from partnernet.web.exchange_fields import name
from partnernet.web.runtime import database

_MANY_ROWS = 20_000  # on SQLite, a second or two of writing; on two busy cores, much more


def is_possible(found: Checked) -> bool:
    """Whether there is a line that can be imported."""
    return found.preview is not None and found.preview.row_count > 0


def loses_many(found: Checked) -> bool:
    """Whether the file may have been cut short: somebody has to vouch for it."""
    return isinstance(found.preview, OpenItemsPreview) and found.preview.loses_many


def lost(found: Checked) -> str:
    """How many documents would vanish, and of how many."""
    if not isinstance(found.preview, OpenItemsPreview):
        return ""
    gone, known = whole(found.preview.vanishing_count), whole(found.preview.in_force_count)
    return _("{count} des {known} documents ouverts disparaîtraient").format(count=gone, known=known)


def _vouched(found: Checked, key: str) -> str:
    """Where it is kept that a file is complete: of another file nobody has said so."""
    return name(key, f"complete-{found.preview.file_hash if found.preview else ''}")


def draw_button(found: Checked, key: str) -> None:
    """Draw what imports the file; it says how many lines it leaves aside."""
    if not is_possible(found):
        return
    aside = found.findings.fault_count
    label = _("Importer")
    if aside:
        label = ngettext("Importer sans la ligne fautive", "Importer sans les {count} lignes fautives", aside)
    if found.preview and found.preview.row_count >= _MANY_ROWS:
        keeps_waiting = _(
            "Pendant l'importation d'un gros fichier, les comptoirs attendent : faites-la hors des heures d'ouverture."
        )
        st.html(f'<p class="pn-rest">{escape(keeps_waiting)}</p>')
    refused: refusal_notes.Notes = st.session_state.get(name(key, "not_imported"), ())
    if loses_many(found):
        text = _("{lost}. Le fichier est-il complet ?").format(lost=lost(found))
        st.html(f'<p class="pn-rest">{escape(text)}</p>')
        st.checkbox(_("Le fichier est complet : ces documents ne sont plus ouverts"), key=_vouched(found, key))
        refusal_notes.beside("complete", refused)
    act, bar = st.container(), st.empty()
    arguments = found.asked.kind, key, bar
    written = label.format(count=whole(aside))
    act.button(written, type="primary", key=name(key, "import"), on_click=_import, args=arguments)
    refusal_notes.of_the_form(refused, drawn=("complete",))


def draw_done(done: FileImport, key: str) -> None:
    """Draw what was imported; the lines set aside can still be downloaded where this tab has them."""
    just_done.draw(said(done))
    found = exchange_check.checked(key)
    if done.fault_count and found:
        exchange_faults.draw_download(found.findings)


def said(done: FileImport) -> str:
    """What an import did, in a sentence or two."""
    if done.kind is FileKind.CUSTOMERS:
        text = ngettext("{file} importé : {count} client.", "{file} importé : {count} clients.", done.row_count)
    else:
        text = ngettext("{file} importé : {count} document.", "{file} importé : {count} documents.", done.row_count)
    parts = [text.format(file=done.file_name, count=whole(done.row_count))]
    if done.fault_count:
        aside = ngettext("{count} ligne mise de côté.", "{count} lignes mises de côté.", done.fault_count)
        parts.append(aside.format(count=whole(done.fault_count)))
    return " ".join(parts)


@callback
def _import(by: Agent, kind: FileKind, key: str, place: DeltaGenerator) -> None:
    """What is imported is what was checked, to the byte; the key in the address imports it once."""
    refused: refusal_notes.Notes = ()
    try:
        _import_checked(by, kind, key, place)
        exchange_fields.forget_files(key)
    except Refusal as refusal:
        field = refusal.field if isinstance(refusal, FileMayBeCutShort) else None
        refused = ((field, refusal_notes.said(refusal)),)
    st.session_state[name(key, "not_imported")] = refused


def _import_checked(by: Agent, kind: FileKind, key: str, place: DeltaGenerator) -> None:
    found = exchange_check.checked(key)
    if exchanges.by_key(database(), key, by=by):
        return  # the second half of a double click, or another tab: the page says what was imported
    if found is None or not exchange_check.is_current(found, kind, key, by=by):
        raise ChangedSinceChecked()
    if loses_many(found) and not st.session_state.get(_vouched(found, key)):
        raise FileMayBeCutShort()
    file, refused = exchange_fields.file_of(kind, key), exchange_fields.refused_of(key)
    set_aside = bool(found.findings.fault_count)
    with ExitStack() as stack:
        path = stack.enter_context(exchange_upload.on_disk(file))
        bar = exchange_progress.bar(place, _("Importation de {name}…").format(name=path.name))
        listener = Listener(progress=stack.enter_context(bar))
        if found.asked.stamp is None:
            exchanges.import_customers(
                database(), path, listener, set_aside=set_aside, key=key, after=found.last_import, by=by, at=now()
            )
            return
        refused_path = stack.enter_context(exchange_upload.on_disk(refused)) if refused else None
        exchanges.import_open_items(
            database(), path, found.asked.stamp, listener,
            not_posted=refused_path, set_aside=set_aside, key=key, after=found.last_import, by=by, at=now(),
        )  # fmt: skip
