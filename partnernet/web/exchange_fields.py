"""The fields of a file to import: which one it is, the file itself and, for open items, what its figures include."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.typing import UploadedFile

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.batches import Batch
from partnernet.domain.exchange_form import FileForgotten, FileNotChosen, read_as_of
from partnernet.domain.exchanges import FileImport, FileKind
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.i18n import _
from partnernet.i18n.formats import day, moment, money
from partnernet.services import exchanges, exports
from partnernet.settings import settings
from partnernet.web import exchange_upload, refusal_notes
from partnernet.web.callbacks import finished
from partnernet.web.exchange_words import batch_named, counted, timezone_of
from partnernet.web.runtime import database

FIELDS = ("file", "day", "hour", "refused")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, told apart by the bytes of its files: anything else than what was checked is not imported."""

    kind: FileKind
    file_hash: str
    stamp: SnapshotStamp | None
    refused_hash: str


def name(key: str, field: str) -> str:
    """The session-state name of a field: another form's values never leak into this one."""
    return f"exchange_{field}:{key}"


def draw(kind: FileKind, key: str, refused: refusal_notes.Notes, *, by: Agent) -> None:
    """Draw the fields that a kind of file has."""
    if kind is FileKind.CUSTOMERS:
        exchange_upload.draw(_("Fichier des clients"), _file(key, kind), "python -m partnernet import customers")
        refusal_notes.beside("file", refused)
        return
    exchange_upload.draw(_("Fichier des documents ouverts"), _file(key, kind), "python -m partnernet import open-items")
    refusal_notes.beside("file", refused)
    _draw_moment(key, refused, by)
    _draw_through(key, by)
    exchange_upload.draw(
        _("Reçus refusés par {principal} (facultatif)").format(principal=settings().principal_name),
        name(key, "refused"),
        "python -m partnernet import open-items --not-posted",
    )
    refusal_notes.beside("refused", refused)


def file_of(kind: FileKind, key: str) -> UploadedFile:
    """The file that was chosen. Raises `FileNotChosen`, `FileForgotten`."""
    field = _file(key, kind)
    found = exchange_upload.taken(field)
    if found is None:
        raise FileForgotten() if st.session_state.get(field) else FileNotChosen()
    return found


def refused_of(key: str) -> UploadedFile | None:
    """The file of refused receipts, when there is one."""
    return exchange_upload.taken(name(key, "refused"))


def forget_files(key: str) -> None:
    """Let go of the files of a form that is left."""
    for field in (*(_file(key, kind) for kind in FileKind), name(key, "refused")):
        exchange_upload.forget(field)


def read(kind: FileKind, key: str, *, by: Agent) -> Asked:
    """What the fields ask for. Raises `FormRefused` with a refusal for each of them that cannot be read."""
    refusals: list[Refusal] = []
    file, stamp = None, None
    try:
        file = file_of(kind, key)
    except Refusal as refusal:
        refusals.append(refusal)
    if kind is FileKind.OPEN_ITEMS:
        try:
            stamp = SnapshotStamp(_as_of(key, by), st.session_state.get(name(key, "through")) or 0)
        except FormRefused as several:
            refusals.extend(several.refusals)
    if refusals:
        raise FormRefused(tuple(refusals))
    refused = refused_of(key) if kind is FileKind.OPEN_ITEMS else None
    return Asked(kind, exchange_upload.hash_of(file), stamp, exchange_upload.hash_of(refused))


def _file(key: str, kind: FileKind) -> str:
    return name(key, f"file-{kind}")


# --- the moment that the figures show -------------------------------------------------------------------------------


def _draw_moment(key: str, refused: refusal_notes.Notes, by: Agent) -> None:
    today = now().astimezone(ZoneInfo(timezone_of(by))).date()
    st.session_state.setdefault(name(key, "day"), day(today))
    written_day, written_hour = st.columns(2)
    with written_day:
        st.text_input(_("Date du fichier"), key=name(key, "day"), placeholder=_("AAAA-MM-JJ"), autocomplete="off")
        refusal_notes.beside("day", refused)
    with written_hour:
        st.text_input(_("Heure du fichier"), key=name(key, "hour"), placeholder=_("HH:MM"), autocomplete="off")
        refusal_notes.beside("hour", refused)


def _as_of(key: str, by: Agent) -> datetime:
    typed = [str(st.session_state.get(name(key, field)) or "") for field in ("day", "hour")]
    return read_as_of(typed[0], typed[1], timezone_of(by))


# --- the last batch that they include -------------------------------------------------------------------------------


def _draw_through(key: str, by: Agent) -> None:
    """Batches cut after the moment of the file cannot be in it; those in force stay in it. The newest is proposed."""
    batches = {batch.number: batch for batch in exports.batches(database(), by=by)}
    least = _least(exchanges.history(database(), by=by))
    until = _until(key, by)
    offered = [number for number, batch in batches.items() if number >= least and batch.cut_at <= until]
    options = offered if least else [*offered, 0]
    field, picked = name(key, "through"), name(key, "picked")
    if st.session_state.get(picked) not in options:
        st.session_state[field] = max(options, default=0)
    labels = {number: _label(batches.get(number), by) for number in options or [0]}
    st.selectbox(
        _("Dernier lot inclus"),
        list(labels),
        format_func=labels.__getitem__,
        key=field,
        on_change=_keep_picked,
        args=(key,),
        required=True,
    )
    known = _("Le dernier lot de paiements que {principal} avait inscrit dans ses livres quand le fichier a été tiré.")
    st.html(f'<p class="pn-quiet pn-under-field">{known.format(principal=settings().principal_name)}</p>')


def _least(history: tuple[FileImport, ...]) -> int:
    """The last batch that the documents in force include."""
    return next((done.through_batch or 0 for done in history if done.kind is FileKind.OPEN_ITEMS), 0)


def _until(key: str, by: Agent) -> datetime:
    try:
        return _as_of(key, by)
    except FormRefused:
        return now()


def _label(batch: Batch | None, by: Agent) -> str:
    if batch is None:
        return _("Aucun lot")
    when = moment(batch.cut_at, timezone_of(by))
    return " — ".join((batch_named(batch.number), when, counted(batch), money(batch.net)))


@finished
def _keep_picked(key: str) -> None:
    """A batch that somebody picked stays, whatever is typed next; as long as nobody has, the newest is proposed."""
    st.session_state[name(key, "picked")] = st.session_state.get(name(key, "through"))
