"""Refusals of a payment, and what the agent is asked to confirm."""

from __future__ import annotations

from partnernet.domain import payments
from partnernet.i18n import labels
from partnernet.i18n.catalogues import _, ngettext
from partnernet.i18n.formats import balance, day, money
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
    return _(
        "Montant remis : {handed} ne couvre pas les {received} à recevoir. Corrigez l'un ou l'autre."
    ).format(handed=money(refusal.handed), received=money(refusal.received))


@says(payments.HandedNotMultipleOfFive)
def handed_not_multiple_of_five(refusal: payments.HandedNotMultipleOfFive) -> str:
    return _(
        "Montant remis : {handed} n'est pas un multiple de cinq cents. Recomptez ce que le client a remis."
    ).format(handed=money(refusal.handed))


@says(payments.ChequeNotAccepted)
def cheque_not_accepted(refusal: payments.ChequeNotAccepted) -> str:
    return _(
        "Type de paiement : le compte {number} est « comptant seulement ». Choisissez « Espèces »."
    ).format(number=refusal.customer_number)


@says(payments.CustomerVanished)
def customer_vanished(refusal: payments.CustomerVanished) -> str:
    return _(
        "Le compte {number} n'existe plus : rien n'a été enregistré. Cherchez le client à nouveau."
    ).format(number=refusal.customer_number)


@says(payments.ReceiptNotFound)
def receipt_not_found(refusal: payments.ReceiptNotFound) -> str:
    return _("Aucun reçu no {number} dans votre succursale : vérifiez le numéro.").format(
        number=refusal.number
    )


@says(payments.AlreadyReversed)
def already_reversed(refusal: payments.AlreadyReversed) -> str:
    return _("Le reçu no {number} est déjà contre-passé : un paiement ne l'est qu'une fois.").format(
        number=refusal.receipt_number
    )


@says(payments.OwnEntry)
def own_entry(refusal: payments.OwnEntry) -> str:
    return _(
        "Le reçu no {number} est de votre main : demandez à un autre superviseur de le contre-passer."
    ).format(number=refusal.receipt_number)


@says(payments.NoteMissing)
def note_missing(refusal: payments.NoteMissing) -> str:
    return _("Note : expliquez la contre-passation, en {limit} caractères au plus.").format(
        limit=refusal.limit_chars
    )


@says(payments.ConfirmationNeeded)
def confirmation_needed(refusal: payments.ConfirmationNeeded) -> str:
    return ngettext(
        "Rien n'est encore enregistré : un point à confirmer.",
        "Rien n'est encore enregistré : {count} points à confirmer.",
        len(refusal.concerns),
    ).format(count=len(refusal.concerns))


@says(payments.Overpayment)
def overpayment(concern: payments.Overpayment) -> str:
    return _(
        "Le paiement de {amount} dépasse le total dû ({total_due}) : {credit} deviendra un crédit au compte."
    ).format(amount=money(concern.amount), total_due=balance(concern.total_due), credit=money(concern.credit))


@says(payments.LooksLikeEarlierPayment)
def looks_like_earlier_payment(concern: payments.LooksLikeEarlierPayment) -> str:
    return ngettext(
        "Un paiement semblable a été pris sur ce compte il y a moins de {hours} heures : {receipts}.",
        "Des paiements semblables ont été pris sur ce compte il y a moins de {hours} heures : {receipts}.",
        len(concern.earlier),
    ).format(hours=payments.LOOK_ALIKE_HOURS, receipts=_receipts(concern.earlier))


@says(payments.ChequeOnRecord)
def cheque_on_record(concern: payments.ChequeOnRecord) -> str:
    return _("Ce chèque a déjà été pris : {receipts}.").format(receipts=_receipts(concern.earlier))


@says(payments.PostDatedCheque)
def post_dated_cheque(concern: payments.PostDatedCheque) -> str:
    return _("Le chèque est postdaté : il ne pourra être déposé qu'à partir du {day}.").format(
        day=day(concern.dated)
    )


@says(payments.StaleCheque)
def stale_cheque(concern: payments.StaleCheque) -> str:
    return _("Le chèque est daté du {day}, il y a plus de six mois : la banque peut le refuser.").format(
        day=day(concern.dated)
    )


@says(payments.LargeCash)
def large_cash(concern: payments.LargeCash) -> str:
    return _(
        "Avec ce paiement, le client aura remis {cash} en espèces en 24 heures ; "
        "la limite à surveiller est {limit}."
    ).format(cash=money(concern.cash_in_24_hours), limit=money(concern.limit))


@says(payments.BalanceChanged)
def balance_changed(concern: payments.BalanceChanged) -> str:
    return _(
        "Le solde a changé depuis l'ouverture du formulaire : total dû {total_due} "
        "au lieu de {seen_total_due}, en souffrance {past_due} au lieu de {seen_past_due}."
    ).format(
        total_due=balance(concern.total_due),
        seen_total_due=balance(concern.seen_total_due),
        past_due=balance(concern.past_due),
        seen_past_due=balance(concern.seen_past_due),
    )


def _receipts(earlier: tuple[payments.SimilarPayment, ...]) -> str:
    return ", ".join(
        _("reçu no {number} ({amount}, {tender})").format(
            number=payment.receipt_number,
            amount=money(payment.amount),
            tender=labels.tender(payment.tender).lower(),
        )
        for payment in earlier
    )
