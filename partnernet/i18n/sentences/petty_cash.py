"""Refusals of petty-cash vouchers and replenishments."""

from __future__ import annotations

from partnernet.domain import petty_cash, replenishments
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.labels import field
from partnernet.i18n.sentences.registry import says


@says(petty_cash.VoucherFieldMissing)
def voucher_field_missing(refusal: petty_cash.VoucherFieldMissing) -> str:
    return _("{field} : à remplir.").format(field=field(refusal.field))


@says(petty_cash.VoucherNotMultipleOfFive)
def voucher_not_multiple_of_five(refusal: petty_cash.VoucherNotMultipleOfFive) -> str:
    return _("Montant : un bon est payé en espèces, donc un multiple de cinq cents, ce que {amount} n'est pas.").format(
        amount=money(refusal.amount)
    )


@says(petty_cash.VoucherAboveLimit)
def voucher_above_limit(refusal: petty_cash.VoucherAboveLimit) -> str:
    return _("Montant : votre succursale permet {limit} par bon, au plus.").format(limit=money(refusal.limit))


@says(petty_cash.VoucherBeyondFloat)
def voucher_beyond_float(refusal: petty_cash.VoucherBeyondFloat) -> str:
    return _(
        "Montant : il reste {present} au fonds de caisse, et l'argent des clients n'y sert pas. "
        "Demandez d'abord un renflouement."
    ).format(present=money(refusal.float_present))


@says(petty_cash.VoucherDateImpossible)
def voucher_date_impossible(_refusal: petty_cash.VoucherDateImpossible) -> str:
    return _("Date : un bon est d'aujourd'hui ou d'avant, et de moins d'un an.")


@says(replenishments.NothingToReplenish)
def nothing_to_replenish(_refusal: replenishments.NothingToReplenish) -> str:
    return _("Rien à renflouer : le fonds est entier, ou une demande attend déjà.")


@says(replenishments.ReplenishmentSettled)
def replenishment_settled(_refusal: replenishments.ReplenishmentSettled) -> str:
    return _("Cette demande est réglée : on y a répondu, ou le fonds a changé depuis qu'elle a été faite.")


@says(replenishments.ReplenishmentNoteMissing)
def replenishment_note_missing(refusal: replenishments.ReplenishmentNoteMissing) -> str:
    return _("Note : dites pourquoi vous refusez, en {limit} caractères au plus.").format(limit=refusal.limit_chars)


@says(replenishments.OwnRequest)
def own_request(_refusal: replenishments.OwnRequest) -> str:
    return _("Personne ne décide de ce qu'il a demandé lui-même : demandez à un autre superviseur.")


@says(petty_cash.VoucherNotFound)
def voucher_not_found(_refusal: petty_cash.VoucherNotFound) -> str:
    return _("Ce bon ne peut pas être annulé : il n'est pas de votre caisse en cours, ou il l'est déjà.")
