"""What the values of the field are called on screens and papers."""

from __future__ import annotations

from partnernet.domain.accounts import DocumentKind
from partnernet.domain.aging import AgeBand
from partnernet.domain.customers import Terms
from partnernet.domain.error_reports import ErrorReason
from partnernet.domain.money import Money
from partnernet.domain.payments import AmountChoice
from partnernet.domain.periods import PeriodChoice
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory
from partnernet.domain.reconciliations import DifferenceReason, ReconciliationState
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money


def role(value: Role) -> str:
    return {
        Role.AGENT: _("Agent"),
        Role.SUPERVISOR: _("Superviseur"),
        Role.ADMINISTRATOR: _("Administrateur"),
        Role.AUDITOR: _("Auditeur"),
        Role.OPERATOR: _("Opérateur de la console"),
    }[value]


def terms(value: Terms) -> str:
    """The restriction as a short notice; an open account has none."""
    return {
        Terms.OPEN: "",
        Terms.CASH_ONLY: _("comptant seulement"),
        Terms.BLOCKED: _("compte bloqué"),
    }[value]


def tender(value: Tender) -> str:
    return {Tender.CHEQUE: _("Chèque"), Tender.CASH: _("Espèces")}[value]


def amount_choice(value: AmountChoice) -> str:
    return {
        AmountChoice.PAST_DUE: _("Montant en souffrance"),
        AmountChoice.TOTAL_DUE: _("Total dû"),
        AmountChoice.OTHER: _("Autre montant"),
    }[value]


def document_kind(value: DocumentKind) -> str:
    return {
        DocumentKind.INVOICE: _("Facture"),
        DocumentKind.CREDIT_NOTE: _("Note de crédit"),
        DocumentKind.UNAPPLIED_PAYMENT: _("Paiement non affecté"),
    }[value]


def age_band(value: AgeBand) -> str:
    """How late, in days past due."""
    return {
        AgeBand.CURRENT: _("Courant"),
        AgeBand.TO_30_DAYS: _("1–30 jours"),
        AgeBand.TO_60_DAYS: _("31–60 jours"),
        AgeBand.TO_90_DAYS: _("61–90 jours"),
        AgeBand.OVER_90_DAYS: _("91 jours et plus"),
    }[value]


def period_choice(value: PeriodChoice) -> str:
    return {
        PeriodChoice.THIS_MONTH: _("Ce mois-ci"),
        PeriodChoice.LAST_MONTH: _("Mois dernier"),
        PeriodChoice.SINCE_LAST_IMPORT: _("Depuis le dernier import"),
        PeriodChoice.SINCE_FIRST_IMPORT: _("Depuis le premier import"),
    }[value]


def reversal_reason(value: ReversalReason) -> str:
    return {
        ReversalReason.WRONG_CUSTOMER: _("Mauvais client"),
        ReversalReason.WRONG_AMOUNT: _("Mauvais montant"),
        ReversalReason.WRONG_TENDER: _("Mauvais type de paiement"),
        ReversalReason.DUPLICATE: _("Paiement pris deux fois"),
        ReversalReason.RETURNED_CHEQUE: _("Chèque retourné"),
    }[value]


def error_reason(value: ErrorReason) -> str:
    return {
        ErrorReason.WRONG_CUSTOMER: _("Mauvais client"),
        ErrorReason.WRONG_AMOUNT: _("Mauvais montant"),
        ErrorReason.WRONG_TENDER: _("Mauvais type de paiement"),
        ErrorReason.DUPLICATE: _("Paiement pris deux fois"),
        ErrorReason.OTHER: _("Autre"),
    }[value]


def where_is_the_money(value: WhereIsTheMoney) -> str:
    return {
        WhereIsTheMoney.HANDED_BACK: _("Remis au client"),
        WhereIsTheMoney.NEVER_RECEIVED: _("Jamais reçu"),
        WhereIsTheMoney.RETURNED_BY_BANK: _("Retourné par la banque"),
        WhereIsTheMoney.KEPT: _("Gardé : seule l'inscription est fausse"),
    }[value]


def voucher_category(value: VoucherCategory) -> str:
    return {
        VoucherCategory.OFFICE: _("Fournitures de bureau"),
        VoucherCategory.POSTAGE: _("Frais de poste"),
        VoucherCategory.TRAVEL: _("Déplacements"),
        VoucherCategory.CLEANING: _("Entretien"),
        VoucherCategory.REPAIRS: _("Réparations"),
        VoucherCategory.MEALS: _("Repas"),
        VoucherCategory.OTHER: _("Autre"),
    }[value]


def difference_reason(value: DifferenceReason) -> str:
    return {
        DifferenceReason.CHANGE_ERROR: _("Erreur de monnaie"),
        DifferenceReason.ENTRY_ERROR: _("Erreur de saisie"),
        DifferenceReason.COUNTERFEIT: _("Faux billet"),
        DifferenceReason.THEFT: _("Vol"),
        DifferenceReason.UNKNOWN: _("Inconnue"),
    }[value]


def difference(amount: Money) -> str:
    """What a count found, in words: over, short (below zero), or even."""
    if not amount:
        return _("La caisse balance")
    words = _("Excédent de {amount}") if amount.cents > 0 else _("Il manque {amount}")
    return words.format(amount=money(abs(amount)))


def reconciliation_state(value: ReconciliationState) -> str:
    return {
        ReconciliationState.SUBMITTED: _("En attente d'approbation"),
        ReconciliationState.APPROVED: _("Approuvée"),
        ReconciliationState.RETURNED: _("Retournée"),
        ReconciliationState.DEPOSITED: _("Déposée"),
    }[value]


def setting(name: str) -> str:
    """A setting of a branch (`BranchSettings`), as its label reads on the screen."""
    known = {
        "float_authorised": _("Fonds de caisse"),
        "fund_limit": _("Limite du fonds"),
        "voucher_limit": _("Limite par bon"),
        "tolerance": _("Tolérance"),
        "cash_limit": _("Limite d'espèces en caisse"),
        "deposit_account": _("Compte de dépôt"),
        "one_person": _("Succursale d'une seule personne"),
    }
    return known.get(name, _("Réglage"))


def field(name: str | None) -> str:
    """The form field that a refusal names (`Refusal.field`), as its label reads on the screen."""
    known = {
        "amount": _("Montant"),
        "tender": _("Type de paiement"),
        "handed": _("Montant remis"),
        "cheque_number": _("Numéro de chèque"),
        "transit": _("Transit"),
        "institution": _("Institution"),
        "cheque_account": _("Compte"),
        "cheque_date": _("Date du chèque"),
        "drawer": _("Titulaire"),
        "note": _("Note"),
        "number": _("Numéro de client"),
        "name": _("Nom du client"),
        "city": _("Ville"),
        "postal_code": _("Code postal"),
        "phone": _("Numéro de téléphone"),
        "person_name": _("Nom de la personne"),
        "branch_name": _("Nom de la succursale"),
        "payee": _("Bénéficiaire"),
        "purpose": _("Objet"),
        "spent_on": _("Date"),
        "reason": _("Raison"),
        "bag": _("Sac"),
        "bank_reference": _("Référence de la banque"),
        "deposit_account": _("Compte de dépôt"),
    }
    return known.get(name or "", _("Texte"))
