"""Refusals of a payment and of its receipt."""

from __future__ import annotations

from partnernet.domain import payments, receipts
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import says


@says(payments.AmountNotChosen)
def amount_not_chosen(_refusal: payments.AmountNotChosen) -> str:
    return _("Montant : cochez « Montant en souffrance » ou « Total dû », ou écrivez un « Autre montant ».")


@says(payments.TenderNotChosen)
def tender_not_chosen(_refusal: payments.TenderNotChosen) -> str:
    return _("Type de paiement : choisissez « Chèque » ou « Espèces ».")


@says(payments.NothingDue)
def nothing_due(refusal: payments.NothingDue) -> str:
    if refusal.choice is payments.AmountChoice.PAST_DUE:
        return _("Montant en souffrance : rien n'est en souffrance. Écrivez un « Autre montant ».")
    return _("Total dû : le compte ne doit rien. Écrivez un « Autre montant ».")


@says(payments.CashTooSmall)
def cash_too_small(refusal: payments.CashTooSmall) -> str:
    return _(
        "Type de paiement : {amount} ne peut pas être payé en espèces, car l'arrondi aux cinq cents "
        "donne zéro. Choisissez « Chèque » ou un autre montant."
    ).format(amount=money(refusal.amount))


@says(payments.CashNotMultipleOfFive)
def cash_not_multiple_of_five(refusal: payments.CashNotMultipleOfFive) -> str:
    return _(
        "Montant : en espèces, un paiement partiel est un multiple de cinq cents. "
        "Le plus proche de {amount} est {nearest}."
    ).format(amount=money(refusal.amount), nearest=money(refusal.nearest))


@says(payments.HandedTooLittle)
def handed_too_little(refusal: payments.HandedTooLittle) -> str:
    return _("Montant remis : {handed} ne couvre pas les {received} à recevoir. Corrigez l'un ou l'autre.").format(
        handed=money(refusal.handed), received=money(refusal.received)
    )


@says(payments.HandedNotMultipleOfFive)
def handed_not_multiple_of_five(refusal: payments.HandedNotMultipleOfFive) -> str:
    return _(
        "Montant remis : {handed} n'est pas un multiple de cinq cents. Recomptez ce que le client a remis."
    ).format(handed=money(refusal.handed))


@says(payments.ChequeNotAccepted)
def cheque_not_accepted(refusal: payments.ChequeNotAccepted) -> str:
    return _("Type de paiement : le compte {number} est « comptant seulement ». Choisissez « Espèces ».").format(
        number=refusal.customer_number
    )


@says(payments.CustomerVanished)
def customer_vanished(refusal: payments.CustomerVanished) -> str:
    return _("Le compte {number} n'existe plus : rien n'a été enregistré. Cherchez le client à nouveau.").format(
        number=refusal.customer_number
    )


@says(receipts.ReceiptNotFound)
def receipt_not_found(refusal: receipts.ReceiptNotFound) -> str:
    return _("Aucun reçu no {number} dans votre succursale : vérifiez le numéro.").format(number=refusal.number)


@says(payments.HandedAmount)
def handed_amount(_refusal: payments.HandedAmount) -> str:
    return _("Montant remis : ce n'est pas un montant lisible. Écrivez par exemple 20,00, ou laissez le champ vide.")
