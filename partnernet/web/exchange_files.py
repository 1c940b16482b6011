"""« Fichiers du fournisseur »: a file is chosen, checked, looked at, and only then imported."""

from __future__ import annotations

import secrets
from html import escape

import streamlit as st

from partnernet.domain.agents import Agent
from partnernet.domain.exchanges import FileKind
from partnernet.domain.keys import is_key
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import whole
from partnernet.services import exchanges
from partnernet.web import (
    exchange_changes,
    exchange_check,
    exchange_faults,
    exchange_fields,
    exchange_import,
    refusal_notes,
)
from partnernet.web.callbacks import finished
from partnernet.web.exchange_check import CHECKED, Checked
from partnernet.web.exchange_fields import name
from partnernet.web.runtime import database
from partnernet.web.watch import watch

FILES = "fichiers"
_KIND = "fichier"
_FORM_PIXELS = 760
# In the order in which they are imported: documents are those of known customers.
_KINDS = {"clients": FileKind.CUSTOMERS, "documents": FileKind.OPEN_ITEMS}


def address(kind: str = "clients") -> dict[str, str]:
    """View, kind and key enter the URL together: Back to a URL without the key would make a second import."""
    return {"vue": FILES, _KIND: kind, "op": secrets.token_urlsafe(16)}


def draw(by: Agent) -> None:
    """The file of this form that was imported, or the form."""
    key = st.query_params.get("op", "")
    if not is_key(key):
        st.query_params.from_dict(address(_kind_of_address()))
        key = st.query_params["op"]
    done = exchanges.by_key(database(), key, by=by)
    if done:
        exchange_import.draw_done(done, key)
        with st.container(key="focus-here-another", width="content"):
            st.button(_("Importer un autre fichier"), on_click=_open_form, args=("documents",))
        return
    _draw_form(key, by)
    watch(lambda person: exchanges.by_key(database(), key, by=person))


def _draw_form(key: str, by: Agent) -> None:
    kind = _draw_kind(key)
    noted: refusal_notes.Notes = st.session_state.get(name(key, "noted"), ())
    found = exchange_check.checked(key)
    if found is None and CHECKED in st.query_params and not noted:
        st.info(
            _(
                "La page a été rechargée : le serveur n'a plus le fichier vérifié, et rien n'a été importé. "
                "Choisissez-le de nouveau."
            )
        )
    with st.container(width=_FORM_PIXELS):
        exchange_fields.draw(kind, key, noted, by=by)
        current = found is not None and exchange_check.is_current(found, kind, key, by=by)
        _draw_check(kind, key, done=current)
        refusal_notes.of_the_form(noted, drawn=exchange_fields.FIELDS)
    if found and current:
        _draw_found(found, key)
    elif found:
        changed = _(
            "Le fichier, ses renseignements ou les livres ont changé depuis la vérification : vérifiez de nouveau."
        )
        st.info(changed)


def _draw_check(kind: FileKind, key: str, *, done: bool) -> None:
    """The bar appears under the button: it moves nothing that the second half of a double click would miss."""
    act, bar = st.container(), st.empty()
    act.button(
        _("Vérifier le fichier"),
        type="secondary" if done else "primary",
        key=name(key, "check"),
        on_click=exchange_check.check,
        args=(kind, key, bar),
    )


def _draw_found(found: Checked, key: str) -> None:
    """What the check has found, the verdict first: it is brought into sight (app.js)."""
    bad, verdict = _verdict(found)
    state = _("Rien n'est encore importé.") if exchange_import.is_possible(found) else _("Rien ne peut être importé.")
    st.html(
        f'<section class="pn-verdict pn-checked {_tone(bad=bad)}" role="status"><p>{escape(verdict)}</p>'
        f'<p class="pn-said">{escape(f"{_at_fault(found)} · {state}")}</p></section>'
    )
    exchange_faults.draw(found.findings)
    if found.preview:
        exchange_changes.draw(found.preview)
    exchange_faults.draw_cautions(found.findings)
    exchange_import.draw_button(found, key)


def _at_fault(found: Checked) -> str:
    """The file that was checked, or that of the refused receipts when all that is wrong is in it."""
    names = {told.file_name for told in found.findings.faults}
    return next(iter(names)) if len(names) == 1 and names != {""} else found.file_name


def _tone(*, bad: bool) -> str:
    """The class that colours the verdict."""
    return "pn-short" if bad else "pn-even"


def _verdict(found: Checked) -> tuple[bool, str]:
    """Whether something has to be corrected, and what, in a few words."""
    count = found.findings.fault_count
    if not count and exchange_import.loses_many(found):
        return True, exchange_import.lost(found)
    if not count:
        return False, _("Toutes les lignes sont bonnes")
    return True, ngettext("{count} ligne à corriger", "{count} lignes à corriger", count).format(count=whole(count))


# --- which file -----------------------------------------------------------------------------------------------------


def _kind_of_address() -> str:
    named = st.query_params.get(_KIND, "")
    return named if named in _KINDS else "clients"


def _draw_kind(key: str) -> FileKind:
    labels = {"clients": _("Clients"), "documents": _("Documents ouverts")}
    field = name(key, "kind")
    st.session_state[field] = _kind_of_address()
    with st.container(key="focus-here-kind"):
        st.radio(
            _("Fichier à importer"),
            list(labels),
            format_func=labels.__getitem__,
            key=field,
            horizontal=True,
            on_change=_show_kind,
            args=(key,),
        )
    return _KINDS[_kind_of_address()]


@finished
def _show_kind(key: str) -> None:
    """The kind that was picked goes into the address, with a key of its own."""
    exchange_fields.forget_files(key)
    st.query_params.from_dict(address(st.session_state[name(key, "kind")]))


@finished
def _open_form(kind: str) -> None:
    """A fresh form, with a key of its own."""
    st.query_params.from_dict(address(kind))
