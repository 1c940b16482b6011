"""Refusals of a cheque's details."""

from __future__ import annotations

from partnernet.domain.cheques import (
    ChequeAccountMalformed,
    ChequeDateUnreadable,
    ChequeNumberMalformed,
    DrawerMissing,
    InstitutionMalformed,
    TransitMalformed,
)
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import quoted, says


@says(ChequeNumberMalformed)
def cheque_number_malformed(_refusal: ChequeNumberMalformed) -> str:
    return _("Numéro de chèque : de 1 à 12 chiffres, tels qu'ils sont imprimés sur le chèque.")


@says(TransitMalformed)
def transit_malformed(_refusal: TransitMalformed) -> str:
    return _("Transit : exactement 5 chiffres, zéros compris.")


@says(InstitutionMalformed)
def institution_malformed(_refusal: InstitutionMalformed) -> str:
    return _("Institution : exactement 3 chiffres, zéros compris.")


@says(ChequeAccountMalformed)
def cheque_account_malformed(_refusal: ChequeAccountMalformed) -> str:
    return _("Compte : de 7 à 12 chiffres, zéros compris.")


@says(ChequeDateUnreadable)
def cheque_date_unreadable(refusal: ChequeDateUnreadable) -> str:
    if not refusal.typed.strip():
        return _("Date du chèque : écrivez l'année, le mois et le jour, par exemple 2026-11-24.")
    return _(
        "Date du chèque : « {typed} » n'est pas une date. Écrivez l'année, le mois et le jour, par exemple 2026-11-24."
    ).format(typed=quoted(refusal.typed))


@says(DrawerMissing)
def drawer_missing(refusal: DrawerMissing) -> str:
    return _("Titulaire : indiquez le nom de la personne qui a signé le chèque, en {limit} caractères au plus.").format(
        limit=refusal.limit_chars
    )
