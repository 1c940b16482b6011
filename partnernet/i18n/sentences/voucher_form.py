"""Refusals of a voucher's form."""

from __future__ import annotations

from partnernet.domain import voucher_form
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import quoted, says


@says(voucher_form.VoucherCategoryNotChosen)
def voucher_category_not_chosen(_refusal: voucher_form.VoucherCategoryNotChosen) -> str:
    return _("Catégorie : choisissez à quoi l'argent a servi.")


@says(voucher_form.VoucherAmountNotPositive)
def voucher_amount_not_positive(_refusal: voucher_form.VoucherAmountNotPositive) -> str:
    return _("Montant : un bon est d'au moins cinq cents. Un bon payé par erreur s'annule dans la liste.")


@says(voucher_form.VoucherDateUnreadable)
def voucher_date_unreadable(refusal: voucher_form.VoucherDateUnreadable) -> str:
    return _("Date : « {typed} » n'est pas une date. Écrivez année, mois, jour, comme 2026-11-24.").format(
        typed=quoted(refusal.typed)
    )


@says(voucher_form.ReceiptNotSaid)
def receipt_not_said(_refusal: voucher_form.ReceiptNotSaid) -> str:
    return _("Pièce justificative : dites si elle est conservée ou manquante.")
