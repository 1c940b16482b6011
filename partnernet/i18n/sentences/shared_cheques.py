"""Refusals of a cheque that pays several accounts."""

from __future__ import annotations

from partnernet.domain import shared_cheques
from partnernet.domain.money import AmountTooLarge
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import says


@says(shared_cheques.FaceAmountUnreadable)
def face_amount_unreadable(refusal: shared_cheques.FaceAmountUnreadable) -> str:
    if isinstance(refusal.why, AmountTooLarge):
        return _("Montant du chèque : un chèque ne peut pas dépasser {limit}.").format(limit=money(refusal.why.limit))
    return _("Montant du chèque : écrivez le montant inscrit sur le chèque, par exemple 500,00.")


@says(shared_cheques.FaceAmountNotAsked)
def face_amount_not_asked(_refusal: shared_cheques.FaceAmountNotAsked) -> str:
    return _("Montant du chèque : cochez « Ce chèque paie plusieurs comptes », ou videz le champ.")


@says(shared_cheques.FaceAmountTooSmall)
def face_amount_too_small(refusal: shared_cheques.FaceAmountTooSmall) -> str:
    return _("Montant du chèque : {face_amount} ne suffit pas à un paiement de {amount}. Relisez le chèque.").format(
        face_amount=money(refusal.face_amount), amount=money(refusal.amount)
    )


@says(shared_cheques.ChequeRestExceeded)
def cheque_rest_exceeded(refusal: shared_cheques.ChequeRestExceeded) -> str:
    return _(
        "Montant : un paiement de {amount} dépasse ce qui reste du chèque, {rest}. Payez au plus ce reste."
    ).format(amount=money(refusal.amount), rest=money(refusal.rest))


@says(shared_cheques.NothingLeftToShare)
def nothing_left_to_share(_refusal: shared_cheques.NothingLeftToShare) -> str:
    return _(
        "Il ne reste rien à répartir de ce chèque dans votre caisse. "
        "« Paiements du jour » montre les paiements qu'il a faits."
    )


@says(shared_cheques.ChequeNotFullyApplied)
def cheque_not_fully_applied(refusal: shared_cheques.ChequeNotFullyApplied) -> str:
    return _(
        "Il reste {rest} du chèque no {number} à répartir : payez un autre compte avec ce reste, ou demandez à votre "
        "superviseur de contre-passer les paiements de ce chèque. Figez ensuite le décompte."
    ).format(rest=money(refusal.rest), number=refusal.number)
