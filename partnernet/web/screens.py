"""The screens: where each one is, in which menu, and who may open it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from partnernet.domain.permissions import Permission
from partnernet.i18n import _
from partnernet.settings import ROOT


@dataclass(frozen=True, slots=True)
class Screen:
    """One file of ``pages/``. An empty ``menu`` stands at the top level; the title and menu are in one language."""

    file: str
    url_path: str
    title: str
    menu: str
    permission: Permission

    def page(self, *, seen: bool = True) -> st.Page:
        """What Streamlit knows it by. Made anew at each use: Streamlit makes pages only while a script runs."""
        return st.Page(
            ROOT / "pages" / f"{self.file}.py",
            title=self.title,
            url_path=self.url_path,
            default=not self.url_path,
            visibility="visible" if seen else "hidden",
        )


def screens() -> tuple[Screen, ...]:
    """Every screen in the order of the menus, in the language in force."""
    payment, customer, account = _("Paiement"), _("Client"), _("Mon compte")
    supervision, administration = _("Supervision"), _("Administration")
    return (
        Screen("accueil", "", _("Accueil"), "", Permission.OPEN_HOME),
        Screen("paiement", "paiement", _("Paiement de compte"), payment, Permission.TAKE_PAYMENT),
        Screen("paiements_du_jour", "paiements-du-jour", _("Paiements du jour"), payment, Permission.VIEW_PAYMENTS),
        Screen("petite_caisse", "petite-caisse", _("Réconciliation de petite caisse"), payment, Permission.KEEP_TILL),
        Screen("clients", "clients", _("Recherche client"), customer, Permission.FIND_CUSTOMER),
        Screen("releve", "releve", _("Relevé de compte"), customer, Permission.FIND_CUSTOMER),
        Screen(
            "reconciliations",
            "reconciliations",
            _("Réconciliations à approuver"),
            supervision,
            Permission.VIEW_RECONCILIATIONS,
        ),
        Screen(
            "contre_passations",
            "contre-passations",
            _("Contre-passations"),
            supervision,
            Permission.VIEW_CORRECTIONS,
        ),
        Screen("depots", "depots", _("Dépôts"), supervision, Permission.VIEW_DEPOSITS),
        Screen("echanges", "echanges", _("Échanges"), supervision, Permission.VIEW_EXCHANGES),
        Screen("reglages", "reglages", _("Réglages"), administration, Permission.VIEW_SETTINGS),
        Screen("mon_compte", "mon-compte", _("Mon compte"), account, Permission.MANAGE_OWN_ACCOUNT),
        Screen("mot_de_passe", "mot-de-passe", _("Mot de passe"), account, Permission.MANAGE_OWN_ACCOUNT),
        Screen(
            "fermer_la_session", "fermer-la-session", _("Fermer la session"), account, Permission.MANAGE_OWN_ACCOUNT
        ),
        Screen("aide", "aide", _("Aide"), "", Permission.OPEN_HOME),
    )


class _PageOf:
    """The page of a file, in the language in force wherever it is asked for."""

    def __init__(self, file: str) -> None:
        self._file = file

    def __get__(self, _instance: object, _owner: type) -> st.Page:
        return next(screen.page() for screen in screens() if screen.file == self._file)


class Pages:
    """What to pass to ``st.switch_page`` and ``st.page_link``."""

    home = _PageOf("accueil")
    payment = _PageOf("paiement")
    day_payments = _PageOf("paiements_du_jour")
    till = _PageOf("petite_caisse")
    customers = _PageOf("clients")
    corrections = _PageOf("contre_passations")
    statement = _PageOf("releve")
    account = _PageOf("mon_compte")
    password = _PageOf("mot_de_passe")
    sign_out = _PageOf("fermer_la_session")
    help = _PageOf("aide")


PAGES = Pages()
# Addresses do not depend on the language.
PATHS = frozenset(f"/{screen.url_path}" for screen in screens())
