"""Refusals of the form that corrects a payment."""

from __future__ import annotations

from partnernet.domain import correction_form
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import quoted, says


@says(correction_form.ReasonNotChosen)
def reason_not_chosen(_refusal: correction_form.ReasonNotChosen) -> str:
    return _("Raison : dites ce qui ne va pas avec ce paiement.")


@says(correction_form.WhereNotSaid)
def where_not_said(_refusal: correction_form.WhereNotSaid) -> str:
    return _("Où est l'argent ? Choisissez une réponse : rien ne peut être contre-passé sans elle.")


@says(correction_form.RightCustomerMissing)
def right_customer_missing(_refusal: correction_form.RightCustomerMissing) -> str:
    return _("Bon numéro de client : écrivez le numéro du compte qui aurait dû être crédité.")


@says(correction_form.RightCustomerNotFound)
def right_customer_not_found(refusal: correction_form.RightCustomerNotFound) -> str:
    return _(
        "Bon numéro de client : « {typed} » ne mène à aucun compte. Vérifiez-le, ou cherchez le client par son nom."
    ).format(typed=quoted(refusal.typed))


@says(correction_form.RightCustomerNotSeen)
def right_customer_not_seen(_refusal: correction_form.RightCustomerNotSeen) -> str:
    return _("Bon numéro de client : lisez le nom et la ville qui s'affichent, puis contre-passez.")


@says(correction_form.BankReasonNotChosen)
def bank_reason_not_chosen(_refusal: correction_form.BankReasonNotChosen) -> str:
    return _("Raison de la banque : choisissez pourquoi elle a retourné le chèque.")
