"""The check of a file before anything of it is imported: what is wrong with it, line by line, and what it would change.

Checking writes nothing. What was found is kept with the tab for as long as the fields still ask for what was checked.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.customer_preview import CustomersPreview
from partnernet.domain.exchange_form import refuse_archive, refuse_other_kind
from partnernet.domain.exchanges import FileEmpty, FileKind, NothingImported
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.snapshots import OpenItemsPreview
from partnernet.i18n import _
from partnernet.services import exchanges, previews
from partnernet.services.file_check import Listener
from partnernet.services.tabular import header_of
from partnernet.web import exchange_fields, exchange_progress, exchange_upload, refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.exchange_fields import Asked, name
from partnernet.web.exchange_notebook import Findings, Notebook
from partnernet.web.runtime import database

CHECKED = "verifie"
_KEPT = "exchange_checked"  # one at a time: a check may hold many lines
_ARCHIVE_BYTES = 4

Preview = CustomersPreview | OpenItemsPreview


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a file has found. Without a preview, nothing of the file can be imported.

    ``last_import`` is which file was imported last before it: with another one since, this is no longer what would
    change.
    """

    asked: Asked
    file_name: str
    preview: Preview | None
    findings: Findings
    last_import: int


def checked(key: str) -> Checked | None:
    """What this tab has found with this form."""
    of_form, found = st.session_state.get(_KEPT, ("", None))
    return found if of_form == key else None


def is_current(found: Checked, kind: FileKind, key: str, *, by: Agent) -> bool:
    """Whether the fields still ask for what was checked, and nothing was imported since."""
    try:
        asked = exchange_fields.read(kind, key, by=by)
    except FormRefused:
        return False
    return asked == found.asked and exchanges.last_import(database(), by=by) == found.last_import


@callback
def check(by: Agent, kind: FileKind, key: str, place: DeltaGenerator) -> None:
    """Read every field, then check; a second click on the same finds it done."""
    refused: refusal_notes.Notes = ()
    found: Checked | None = None
    try:
        asked = exchange_fields.read(kind, key, by=by)
        found = _check(asked, key, place, by)
    except FormRefused as several:
        refused = refusal_notes.of(*several.refusals)
    except Refusal as refusal:
        refused = refusal_notes.of(refusal)
    st.session_state[name(key, "noted")] = refused
    st.session_state[_KEPT] = (key, found)
    if found:
        st.query_params[CHECKED] = "1"


def _check(asked: Asked, key: str, place: DeltaGenerator, by: Agent) -> Checked:
    file, refused = exchange_fields.file_of(asked.kind, key), exchange_fields.refused_of(key)
    before = exchanges.last_import(database(), by=by)
    with ExitStack() as stack:
        path = stack.enter_context(exchange_upload.on_disk(file))
        _refuse_what_is_no_such_file(path, asked.kind)
        refused_path = stack.enter_context(exchange_upload.on_disk(refused)) if refused else None
        notebook = Notebook(path.name, header_of(path))
        bar = exchange_progress.bar(place, _("Vérification de {name}…").format(name=path.name))
        progress = stack.enter_context(bar)
        listener = Listener(notebook.fault, notebook.caution, progress)
        try:
            preview = _preview(asked, path, refused_path, listener, by)
        except NothingImported:  # the file as a whole: the notebook says what is wrong
            preview = None
        return Checked(asked, path.name, preview, notebook.findings(), before)


def _refuse_what_is_no_such_file(path: Path, kind: FileKind) -> None:
    if not path.stat().st_size:
        raise FileEmpty()
    with path.open("rb") as raw:
        refuse_archive(raw.read(_ARCHIVE_BYTES))
    refuse_other_kind(header_of(path), kind)


def _preview(asked: Asked, path: Path, refused_path: Path | None, listener: Listener, by: Agent) -> Preview:
    if asked.stamp is None:
        return previews.preview_customers(database(), path, listener, by=by)
    return previews.preview_open_items(
        database(), path, asked.stamp, listener, not_posted=refused_path, by=by, at=now()
    )
