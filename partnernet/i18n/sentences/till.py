"""Refusals of the till."""

from __future__ import annotations

from partnernet.domain import till
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import says


@says(till.TillOpenElsewhere)
def till_open_elsewhere(refusal: till.TillOpenElsewhere) -> str:
    return _(
        "Votre caisse est encore ouverte à la succursale {branch} : rien n'a été enregistré. "
        "Demandez à votre superviseur de la faire fermer d'abord."
    ).format(branch=refusal.branch_code)


@says(till.FloatNotMultipleOfFive)
def float_not_multiple_of_five(refusal: till.FloatNotMultipleOfFive) -> str:
    return _("Montant : un fonds de caisse est un multiple de cinq cents, ce que {amount} n'est pas.").format(
        amount=money(refusal.amount)
    )
