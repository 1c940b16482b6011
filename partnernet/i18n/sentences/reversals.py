"""Refusals of a reversal."""

from __future__ import annotations

from partnernet.domain import reversals
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(reversals.AlreadyReversed)
def already_reversed(refusal: reversals.AlreadyReversed) -> str:
    return _("Le reçu no {number} est déjà contre-passé : un paiement ne l'est qu'une fois.").format(
        number=refusal.receipt_number
    )


@says(reversals.OwnEntry)
def own_entry(refusal: reversals.OwnEntry) -> str:
    return _("Le reçu no {number} est de votre main : demandez à un autre superviseur de le contre-passer.").format(
        number=refusal.receipt_number
    )


@says(reversals.NotPaidByCheque)
def not_paid_by_cheque(refusal: reversals.NotPaidByCheque) -> str:
    return _(
        "Le reçu no {number} a été payé en espèces : la banque ne peut pas l'avoir retourné. "
        "Choisissez une autre raison et dites où est l'argent."
    ).format(number=refusal.receipt_number)


@says(reversals.ChequeDeposited)
def cheque_deposited(refusal: reversals.ChequeDeposited) -> str:
    return _(
        "Le chèque du reçu no {number} est déposé : seule la banque peut encore le rendre. "
        "Choisissez « Retourné par la banque » quand elle l'aura fait."
    ).format(number=refusal.receipt_number)


@says(reversals.TakerElsewhere)
def taker_elsewhere(refusal: reversals.TakerElsewhere) -> str:
    return _(
        "L'agent qui a pris le reçu no {number} a une caisse ouverte à la succursale {branch} : "
        "faites-la fermer d'abord, car la correction passe par sa caisse."
    ).format(number=refusal.receipt_number, branch=refusal.branch_code)


@says(reversals.NoteMissing)
def note_missing(refusal: reversals.NoteMissing) -> str:
    return _("Note : expliquez la contre-passation, en {limit} caractères au plus.").format(limit=refusal.limit_chars)
