"""Refusals of statements."""

from __future__ import annotations

from partnernet.domain import periods
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import day
from partnernet.i18n.sentences.registry import says


@says(periods.NothingImportedYet)
def nothing_imported_yet(_refusal: periods.NothingImportedYet) -> str:
    return _("Aucun relevé n'est possible avant le premier import des soldes.")


@says(periods.PeriodBackwards)
def period_backwards(refusal: periods.PeriodBackwards) -> str:
    return _("La période finit le {end}, avant de commencer le {start}. Corrigez une des deux dates.").format(
        start=day(refusal.start), end=day(refusal.end)
    )


@says(periods.PeriodTooEarly)
def period_too_early(refusal: periods.PeriodTooEarly) -> str:
    return _("Un relevé commence au plus tôt le {day}, jour du premier import des soldes.").format(
        day=day(refusal.first_day)
    )


@says(periods.PeriodNotBegun)
def period_not_begun(refusal: periods.PeriodNotBegun) -> str:
    return _("La période commence après aujourd'hui, le {day}. Choisissez un début plus tôt.").format(
        day=day(refusal.today)
    )
