"""Refusals of the demonstration."""

from __future__ import annotations

from partnernet.domain.demonstration import DatabaseNotEmpty, DemonstrationUnfinished
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(DatabaseNotEmpty)
def database_not_empty(_refusal: DatabaseNotEmpty) -> str:
    return _(
        "Cette base de données contient déjà des données : la démonstration ne remplit qu'une base vide. "
        "Donnez-lui-en une autre avec PARTNERNET_DATABASE_URL."
    )


@says(DemonstrationUnfinished)
def demonstration_unfinished(_refusal: DemonstrationUnfinished) -> str:
    return _("Le remplissage de cette démonstration a été interrompu. Supprimez sa base de données, puis recommencez.")
