"""Refusals of submitting a till and of deciding on it."""

from __future__ import annotations

from partnernet.domain import approvals, reconciliations, reviews
from partnernet.i18n.catalogues import _, ngettext
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import quoted, says


@says(reconciliations.ExplanationMissing)
def explanation_missing(refusal: reconciliations.ExplanationMissing) -> str:
    return _(
        "Note : un écart de {difference} dépasse la tolérance de {tolerance}. Choisissez une raison et expliquez-le."
    ).format(difference=money(abs(refusal.difference)), tolerance=money(refusal.tolerance))


@says(reconciliations.ChequesMissing)
def cheques_missing(refusal: reconciliations.ChequesMissing) -> str:
    return ngettext(
        "{count} chèque du grand livre n'est pas coché : retrouvez-le et recomptez, ou demandez à votre superviseur "
        "de contre-passer son paiement.",
        "{count} chèques du grand livre ne sont pas cochés : retrouvez-les et recomptez, ou demandez à votre "
        "superviseur de contre-passer leurs paiements.",
        refusal.count,
    ).format(count=refusal.count)


@says(reconciliations.TillMoved)
def till_moved(_refusal: reconciliations.TillMoved) -> str:
    return _("La caisse a bougé depuis que le décompte est figé (contre-passation ou bon) : recomptez-la.")


@says(reconciliations.BagDiffers)
def bag_differs(refusal: reconciliations.BagDiffers) -> str:
    return _(
        "Sac : il doit contenir exactement {wanted} en espèces, choisis parmi les pièces et billets comptés."
    ).format(wanted=money(refusal.wanted))


@says(reconciliations.ChangeNeeded)
def change_needed(refusal: reconciliations.ChangeNeeded) -> str:
    return _(
        "Les pièces et billets comptés ne font pas exactement {wanted} : faites de la monnaie, puis recomptez."
    ).format(wanted=money(refusal.wanted))


@says(reconciliations.NotPending)
def not_pending(_refusal: reconciliations.NotPending) -> str:
    return _("Cette réconciliation n'attend plus de décision : quelqu'un d'autre a déjà décidé.")


@says(reconciliations.OwnReconciliation)
def own_reconciliation(_refusal: reconciliations.OwnReconciliation) -> str:
    return _("Personne n'approuve ni ne retourne son propre travail : demandez à un autre superviseur.")


@says(reconciliations.PasswordProofTooOld)
def password_proof_too_old(_refusal: reconciliations.PasswordProofTooOld) -> str:
    return _("Votre mot de passe a été donné il y a plus de cinq minutes : donnez-le à nouveau, puis décidez.")


@says(reconciliations.ReturnReasonMissing)
def return_reason_missing(_refusal: reconciliations.ReturnReasonMissing) -> str:
    return _("Raison : dites à l'agent pourquoi vous retournez sa réconciliation.")


@says(approvals.ReconciliationNotFound)
def reconciliation_not_found(refusal: approvals.ReconciliationNotFound) -> str:
    return _("Aucune réconciliation no {number} dans cette succursale : vérifiez le numéro.").format(
        number=quoted(refusal.number)
    )


@says(reviews.NothingToReview)
def nothing_to_review(_refusal: reviews.NothingToReview) -> str:
    return _("Rien à réviser ici : quelqu'un l'a déjà fait, ou une deuxième personne avait décidé.")
