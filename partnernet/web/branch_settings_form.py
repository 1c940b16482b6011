"""The settings of a branch: as a form for an administrator, to be read by everyone else."""

from __future__ import annotations

from html import escape

import streamlit as st

from partnernet.clock import now
from partnernet.domain.agents import Agent, Branch
from partnernet.domain.branch_settings import BranchSettings
from partnernet.domain.money import Money
from partnernet.domain.refusals import FormRefused, Refusal
from partnernet.domain.settings_form import AMOUNTS, FIELDS, read_settings
from partnernet.i18n import _
from partnernet.i18n.formats import figure, money
from partnernet.i18n.labels import setting as label_of
from partnernet.services import branch_settings
from partnernet.web import refusal_notes
from partnernet.web.callbacks import callback
from partnernet.web.runtime import database
from partnernet.web.summary import Figure, draw_figures

_COLUMNS = (("float_authorised", "fund_limit", "voucher_limit"), ("tolerance", "cash_limit", "deposit_account"))
_ALONE = "one_person"


def draw_to_read(settings: BranchSettings) -> None:
    """Draw the settings without anything to change: amounts, then the rest."""
    for names in (AMOUNTS, ("cash_limit", "deposit_account", _ALONE)):
        draw_figures(Figure(label_of(name), _shown(getattr(settings, name)), _meaning(name)) for name in names)


def draw(branch: Branch, settings: BranchSettings) -> None:
    """Draw the form with what is in force; what is being typed stays until it is saved or the screen is left."""
    if any(_name(branch, name) not in st.session_state for name in (*FIELDS, _ALONE)):
        _fill_in(branch, settings)
    notes: refusal_notes.Notes = st.session_state.get(_name(branch, "refused"), ())
    with st.form(_name(branch, "form"), border=False, width=880):
        for column, names in zip(st.columns(2, gap="large"), _COLUMNS, strict=True):
            with column:
                for name in names:
                    _draw_field(branch, name, notes)
        st.checkbox(label_of(_ALONE), key=_name(branch, _ALONE))
        _draw_meaning(_ALONE)
        st.form_submit_button(_("Enregistrer les réglages"), type="primary", on_click=_save, args=(branch,))
    refusal_notes.of_the_form(notes, drawn=FIELDS)
    said = st.session_state.get(_name(branch, "said"))
    if said:
        st.success(said)


def _draw_field(branch: Branch, name: str, notes: refusal_notes.Notes) -> None:
    st.text_input(label_of(name), key=_name(branch, name), autocomplete="off")
    _draw_meaning(name)
    refusal_notes.beside(name, notes)


def _draw_meaning(name: str) -> None:
    st.html(f'<p class="pn-quiet pn-line">{escape(_meaning(name))}</p>')


def _meaning(name: str) -> str:
    return {
        "float_authorised": _("ce que la succursale remet à chaque caisse"),
        "fund_limit": _("le fonds de caisse ne peut pas la dépasser"),
        "voucher_limit": _("le plus gros bon de petite caisse permis"),
        "tolerance": _("un écart plus grand s'explique par une raison et une note"),
        "cash_limit": _("au-delà, la caisse est signalée ; vide : aucune limite"),
        "deposit_account": _("imprimé sur les bordereaux de dépôt"),
        _ALONE: _("personne d'autre ne peut approuver : ce qui est approuvé seul est marqué, pour être révisé"),
    }[name]


@callback
def _save(by: Agent, branch: Branch) -> None:
    """Read every field, then make the one service call; what others have put in force meanwhile is left alone."""
    state = st.session_state
    typed = {name: str(state.get(_name(branch, name)) or "") for name in FIELDS}
    alone = bool(state.get(_name(branch, _ALONE)))
    before, was_alone = state[_name(branch, "seen")]
    refused: refusal_notes.Notes = ()
    said = ""
    try:
        seen = read_settings(before, one_person=was_alone)
        new = read_settings(typed, one_person=alone)
        in_force = branch_settings.change(database(), branch, new, by=by, at=now(), seen=seen)
    except FormRefused as several:
        refused = tuple((_field(refusal), refusal_notes.said(refusal)) for refusal in several.refusals)
    except Refusal as refusal:
        refused = ((_field(refusal), refusal_notes.said(refusal)),)
    else:
        said = _("Rien n'a changé.") if new == seen else _("Réglages enregistrés.")
        _fill_in(branch, in_force)
    state[_name(branch, "refused")] = refused
    state[_name(branch, "said")] = said


def _field(refusal: Refusal) -> str | None:
    """The field beside which the sentence stands: the setting that the refusal names."""
    return getattr(refusal, "setting", refusal.field)


def _fill_in(branch: Branch, settings: BranchSettings) -> None:
    """Write the settings into the fields, and keep them to know later what was changed."""
    texts = {name: _typed(getattr(settings, name)) for name in FIELDS}
    for name, text in texts.items():
        st.session_state[_name(branch, name)] = text
    st.session_state[_name(branch, _ALONE)] = settings.one_person
    st.session_state[_name(branch, "seen")] = (texts, settings.one_person)


def _typed(value: Money | str | None) -> str:
    return figure(value) if isinstance(value, Money) else value or ""


def _shown(value: Money | str | bool | None) -> str:
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return value or "—"


def _name(branch: Branch, field: str) -> str:
    """The session-state name of a field: another branch's values never leak into this one."""
    return f"setting_{field}:{branch.code}"
