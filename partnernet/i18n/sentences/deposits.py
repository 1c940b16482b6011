"""Refusals of deposits."""

from __future__ import annotations

from partnernet.domain import deposits
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(deposits.NoBagChosen)
def no_bag_chosen(_refusal: deposits.NoBagChosen) -> str:
    return _("Cochez au moins un sac à déposer.")


@says(deposits.BagTaken)
def bag_taken(_refusal: deposits.BagTaken) -> str:
    return _("Un des sacs cochés n'attend plus : il est déjà sur un autre bordereau. Cochez de nouveau.")


@says(deposits.DepositNotFound)
def deposit_not_found(refusal: deposits.DepositNotFound) -> str:
    return _("Aucun bordereau de dépôt {id} dans votre succursale.").format(id=refusal.deposit_id)


@says(deposits.DepositSettled)
def deposit_settled(_refusal: deposits.DepositSettled) -> str:
    return _("Ce dépôt a déjà une autre référence de la banque : elle ne se change pas.")


@says(deposits.DepositEmpty)
def deposit_empty(_refusal: deposits.DepositEmpty) -> str:
    return _(
        "Il ne reste rien sur ce bordereau : les chèques de ses sacs ont été contre-passés avant le dépôt. "
        "La banque n'a rien reçu, donc aucune référence à donner."
    )


@says(deposits.BankReferenceMalformed)
def bank_reference_malformed(_refusal: deposits.BankReferenceMalformed) -> str:
    return _(
        "Référence de la banque : de 3 à 40 lettres, chiffres, traits d'union ou barres obliques, "
        "comme sur le reçu de la banque."
    )
