"""Refusals of a payment entered again, of a reported error, and of an account kept to cash."""

from __future__ import annotations

from partnernet.domain import cash_only, corrections, error_reports, reversals
from partnernet.domain.reversals import ReversalReason
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(corrections.NotReversed)
def not_reversed(refusal: corrections.NotReversed) -> str:
    return _("Le reçu no {number} n'est pas contre-passé.").format(number=refusal.receipt_number)


@says(corrections.ReentryMissing)
def reentry_missing(_refusal: corrections.ReentryMissing) -> str:
    return _(
        "L'argent a été conservé : dites comment le paiement aurait dû être inscrit, pour le réinscrire en même temps."
    )


@says(corrections.ReentryNotAsked)
def reentry_not_asked(_refusal: corrections.ReentryNotAsked) -> str:
    return _(
        "On ne réinscrit que ce qui était mal inscrit (client, montant ou type de paiement) et dont l'argent a été "
        "conservé. Choisissez une autre raison, ou dites où est l'argent."
    )


@says(corrections.NothingCorrected)
def nothing_corrected(refusal: corrections.NothingCorrected) -> str:
    return {
        ReversalReason.WRONG_CUSTOMER: _("Client : c'est celui du reçu. Choisissez le client qui a payé."),
        ReversalReason.WRONG_AMOUNT: _("Montant : c'est celui du reçu. Écrivez le montant qui a été reçu."),
        ReversalReason.WRONG_TENDER: _("Type de paiement : c'est celui du reçu. Choisissez l'autre."),
    }.get(refusal.reason, _("Rien ne change : le reçu dit déjà cela."))


@says(corrections.CorrectsMore)
def corrects_more(refusal: corrections.CorrectsMore) -> str:
    return {
        ReversalReason.WRONG_CUSTOMER: _("« Mauvais client » ne change que le client, rien d'autre."),
        ReversalReason.WRONG_AMOUNT: _("« Mauvais montant » ne change que le montant, rien d'autre."),
        ReversalReason.WRONG_TENDER: _("« Mauvais type de paiement » ne change pas le client."),
    }.get(refusal.reason, _("Cette raison ne change rien au reçu."))


@says(corrections.ChequeShared)
def cheque_shared(refusal: corrections.ChequeShared) -> str:
    return _(
        "Le chèque du reçu no {number} règle plusieurs comptes : contre-passez-le en entier, puis prenez-le à nouveau."
    ).format(number=refusal.receipt_number)


@says(corrections.ChequeBagged)
def cheque_bagged(refusal: corrections.ChequeBagged) -> str:
    return _(
        "Type de paiement : le chèque du reçu no {number} est dans un sac ou à la banque, donc c'est bien un chèque."
    ).format(number=refusal.receipt_number)


@says(reversals.CashOnlyNotAsked)
def cash_only_not_asked(_refusal: reversals.CashOnlyNotAsked) -> str:
    return _("« Comptant seulement » ne suit qu'un chèque retourné par la banque : décochez-le, ou changez la raison.")


@says(corrections.AccountKeptToCash)
def account_kept_to_cash(refusal: corrections.AccountKeptToCash) -> str:
    return _(
        "Le compte {number} est « comptant seulement » : aucun chèque n'y est inscrit. Remettez le chèque au client et "
        "dites-le sous « Où est l'argent ? »."
    ).format(number=refusal.customer_number)


# --- reported errors ------------------------------------------------------------------------------------------------


@says(error_reports.ErrorReasonMissing)
def error_reason_missing(_refusal: error_reports.ErrorReasonMissing) -> str:
    return _("Raison : choisissez ce qui ne va pas dans ce paiement.")


@says(error_reports.NotOwnPayment)
def not_own_payment(refusal: error_reports.NotOwnPayment) -> str:
    return _("Le reçu no {number} n'est pas de votre main : demandez à qui a pris le paiement de le signaler.").format(
        number=refusal.receipt_number
    )


@says(error_reports.ReportedAlready)
def reported_already(refusal: error_reports.ReportedAlready) -> str:
    return _("Une erreur est déjà signalée sur le reçu no {number} : un superviseur s'en occupe.").format(
        number=refusal.receipt_number
    )


@says(error_reports.NothingToReport)
def nothing_to_report(refusal: error_reports.NothingToReport) -> str:
    return _("Le reçu no {number} est déjà contre-passé : il n'y a plus rien à y corriger.").format(
        number=refusal.receipt_number
    )


@says(error_reports.ErrorNoteMissing)
def error_note_missing(refusal: error_reports.ErrorNoteMissing) -> str:
    return _("Note : dites ce qui ne va pas, en {limit} caractères au plus.").format(limit=refusal.limit_chars)


@says(error_reports.ReportNotOpen)
def report_not_open(_refusal: error_reports.ReportNotOpen) -> str:
    return _("Ce signalement n'attend plus de réponse : il a été réglé entre-temps.")


@says(error_reports.DismissalNoteMissing)
def dismissal_note_missing(refusal: error_reports.DismissalNoteMissing) -> str:
    return _("Note : dites pourquoi il n'y a rien à corriger, en {limit} caractères au plus.").format(
        limit=refusal.limit_chars
    )


# --- accounts kept to cash ------------------------------------------------------------------------------------------


@says(cash_only.NotMarkedCashOnly)
def not_marked_cash_only(refusal: cash_only.NotMarkedCashOnly) -> str:
    return _(
        "Aucune marque « comptant seulement » à lever sur le compte {number} : elle est déjà levée, ou elle vient du "
        "fournisseur."
    ).format(number=refusal.customer_number)


@says(cash_only.LiftingNoteMissing)
def lifting_note_missing(refusal: cash_only.LiftingNoteMissing) -> str:
    return _("Note : dites pourquoi les chèques sont acceptés à nouveau, en {limit} caractères au plus.").format(
        limit=refusal.limit_chars
    )
