"""Refusals of the form that hands a float over."""

from __future__ import annotations

from partnernet.domain import handover_form
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(handover_form.HandoverAmountNotPositive)
def handover_amount_not_positive(_refusal: handover_form.HandoverAmountNotPositive) -> str:
    return _("Montant : un fonds remis est d'au moins cinq cents.")
