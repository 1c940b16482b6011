"""A file that the browser sends: its field in the person's language, and its bytes on disk for as long as it is read.

Streamlit keeps the bytes with the tab, in memory; nothing else does. They are gone when the page is loaded again, and
when the server starts anew.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.typing import UploadedFile

from partnernet.i18n import _

_NOT_IN_NAMES = re.compile(r'[/\\<>:"|?*]')
_LONGEST_NAME_CHARS = 60  # 240 bytes at most, where file systems allow 255


def draw(label: str, key: str, command: str) -> None:
    """Draw the field of a file; ``command`` is what takes a file that is too large for it."""
    with st.container(key=f"upload-{key}", gap=None):
        st.file_uploader(label, key=key)
        st.html(_words(label, command))


def taken(key: str) -> UploadedFile | None:
    """The file that the field holds; ``None`` when nobody chose one, or when the server has it no more."""
    found = st.session_state.get(key)
    return found if isinstance(found, UploadedFile) else None


def forget(key: str) -> None:
    """Let go of the bytes that a field holds, once they are not needed: they would stay until the tab is closed."""
    found, context = taken(key), get_script_run_ctx()
    if found and context:
        # Its interface does not name it, but its one implementation has it, for the browser's own requests.
        context.uploaded_file_mgr.remove_file(context.session_id, found.file_id)  # type: ignore[attr-defined]


def hash_of(file: UploadedFile | None) -> str:
    """SHA-256 of what the field holds, in hexadecimal; nothing when it is empty."""
    return hashlib.sha256(file.getbuffer()).hexdigest() if file else ""


@contextmanager
def on_disk(file: UploadedFile) -> Iterator[Path]:
    """The file under its own name in a folder of its own, which is removed at the end."""
    with TemporaryDirectory(prefix="partnernet-") as folder:
        path = Path(folder, kept_name(file.name))
        path.write_bytes(file.getbuffer())
        yield path


def kept_name(name: str) -> str:
    """The name that the browser gave, fit for any file system and without anything hidden; its end tells more."""
    shown = "".join("" if unicodedata.category(mark).startswith("C") else mark for mark in _NOT_IN_NAMES.sub("_", name))
    return shown.strip(" .")[-_LONGEST_NAME_CHARS:].strip(" .") or _("sans-nom.csv")


def _words(label: str, command: str) -> str:
    """Streamlit's own field speaks English only: the page's script (app.js) takes its words from here."""
    words = {
        "choose": _("Choisir un fichier"),
        "other": _("Choisir un autre fichier"),
        "remove": _("Retirer {name}"),
        "limit": _("CSV, 20 Mo au plus"),
        "label": label,
    }
    large = _("Ce fichier dépasse 20 Mo. Importez-le sur le serveur : {command}").format(command=command)
    failed = _("Le fichier n'a pas pu être envoyé. Retirez-le, rechargez la page et choisissez-le de nouveau.")
    attributes = " ".join(f'data-{name}="{escape(text)}"' for name, text in words.items())
    return (
        f'<div class="pn-upload-words" {attributes}>'
        f'<p class="pn-upload-refusal" role="alert" data-when="large" hidden>{escape(large)}</p>'
        f'<p class="pn-upload-refusal" role="alert" data-when="failed" hidden>{escape(failed)}</p></div>'
    )
