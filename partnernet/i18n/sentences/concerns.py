"""What the agent is asked to confirm before a payment is saved."""

from __future__ import annotations

from partnernet.domain import concerns
from partnernet.i18n import labels
from partnernet.i18n.catalogues import _, ngettext
from partnernet.i18n.formats import day, due, money
from partnernet.i18n.sentences.registry import says


@says(concerns.ConfirmationNeeded)
def confirmation_needed(refusal: concerns.ConfirmationNeeded) -> str:
    return ngettext(
        "Rien n'est encore enregistré : un point à confirmer.",
        "Rien n'est encore enregistré : {count} points à confirmer.",
        len(refusal.concerns),
    ).format(count=len(refusal.concerns))


@says(concerns.Overpayment)
def overpayment(concern: concerns.Overpayment) -> str:
    return _(
        "Le paiement de {amount} dépasse le total dû ({total_due}) : {credit} deviendra un crédit au compte."
    ).format(amount=money(concern.amount), total_due=due(concern.total_due), credit=money(concern.credit))


@says(concerns.LooksLikeEarlierPayment)
def looks_like_earlier_payment(concern: concerns.LooksLikeEarlierPayment) -> str:
    return ngettext(
        "Un paiement semblable a été pris sur ce compte il y a moins de {hours} heures : {receipts}.",
        "Des paiements semblables ont été pris sur ce compte il y a moins de {hours} heures : {receipts}.",
        len(concern.earlier),
    ).format(hours=concerns.LOOK_ALIKE_HOURS, receipts=_receipts(concern.earlier))


@says(concerns.ChequeOnRecord)
def cheque_on_record(concern: concerns.ChequeOnRecord) -> str:
    return _("Ce chèque a déjà été pris : {receipts}.").format(receipts=_receipts(concern.earlier))


@says(concerns.PostDatedCheque)
def post_dated_cheque(concern: concerns.PostDatedCheque) -> str:
    return _("Le chèque est postdaté : il ne pourra être déposé qu'à partir du {day}.").format(day=day(concern.dated))


@says(concerns.StaleCheque)
def stale_cheque(concern: concerns.StaleCheque) -> str:
    return _("Le chèque est daté du {day}, il y a plus de six mois : la banque peut le refuser.").format(
        day=day(concern.dated)
    )


@says(concerns.LargeCash)
def large_cash(concern: concerns.LargeCash) -> str:
    return _(
        "Avec ce paiement, le client aura remis {cash} en espèces en 24 heures ; la limite à surveiller est {limit}."
    ).format(cash=money(concern.cash_in_24_hours), limit=money(concern.limit))


@says(concerns.BalanceChanged)
def balance_changed(concern: concerns.BalanceChanged) -> str:
    return _(
        "Le solde a changé depuis l'ouverture du formulaire : total dû {total_due} "
        "au lieu de {seen_total_due}, en souffrance {past_due} au lieu de {seen_past_due}."
    ).format(
        total_due=due(concern.total_due),
        seen_total_due=due(concern.seen_total_due),
        past_due=due(concern.past_due),
        seen_past_due=due(concern.seen_past_due),
    )


def _receipts(earlier: tuple[concerns.SimilarPayment, ...]) -> str:
    return ", ".join(
        _("reçu no {number} ({amount}, {tender})").format(
            number=payment.receipt_number,
            amount=money(payment.amount),
            tender=labels.tender(payment.tender).lower(),
        )
        for payment in earlier
    )
