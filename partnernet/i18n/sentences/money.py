"""Refusals of a typed amount."""

from __future__ import annotations

from partnernet.domain.money import (
    AmountAmbiguous,
    AmountMissing,
    AmountNotPositive,
    AmountTooLarge,
    AmountTooPrecise,
    AmountUnreadable,
)
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import quoted, says


@says(AmountMissing)
def amount_missing(_refusal: AmountMissing) -> str:
    return _("Montant : indiquez le montant à payer.")


@says(AmountUnreadable)
def amount_unreadable(refusal: AmountUnreadable) -> str:
    return _("Montant : « {typed} » n'est pas un montant. Écrivez-le comme 1 234,56.").format(
        typed=quoted(refusal.typed)
    )


@says(AmountAmbiguous)
def amount_ambiguous(refusal: AmountAmbiguous) -> str:
    return _(
        "Montant : « {typed} » peut se lire {thousands} ou {decimals} avec trois décimales. "
        "Écrivez les cents, avec deux décimales."
    ).format(
        typed=quoted(refusal.typed),
        thousands=money(refusal.as_thousands),
        decimals=quoted(refusal.as_decimals),
    )


@says(AmountTooPrecise)
def amount_too_precise(refusal: AmountTooPrecise) -> str:
    return _("Montant : « {typed} » a plus de deux décimales. Écrivez-le au cent près.").format(
        typed=quoted(refusal.typed)
    )


@says(AmountNotPositive)
def amount_not_positive(refusal: AmountNotPositive) -> str:
    return _(
        "Montant : « {typed} » n'est pas au-dessus de zéro. Un paiement est d'au moins un cent ; "
        "une erreur se corrige par une contre-passation."
    ).format(typed=quoted(refusal.typed))


@says(AmountTooLarge)
def amount_too_large(refusal: AmountTooLarge) -> str:
    return _("Montant : un paiement ne peut pas dépasser {limit}.").format(limit=money(refusal.limit))
