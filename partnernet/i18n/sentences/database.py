"""Refusals of a database that cannot be used."""

from __future__ import annotations

from partnernet.domain import refusals
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(refusals.DatabaseUnavailable)
def database_unavailable(_refusal: refusals.DatabaseUnavailable) -> str:
    return _("La base de données ne répond pas : rien n'a été enregistré. Réessayez dans un instant.")


@says(refusals.DatabaseMissing)
def database_missing(refusal: refusals.DatabaseMissing) -> str:
    return _(
        "La base de données {path} n'existe pas : créez-la avec « python -m partnernet init » "
        "ou corrigez PARTNERNET_DATABASE_URL."
    ).format(path=refusal.path)


@says(refusals.DatabaseForeign)
def database_foreign(refusal: refusals.DatabaseForeign) -> str:
    return _(
        "{where} n'est pas une base de données de PartnerNET, ou elle est endommagée : "
        "vérifiez PARTNERNET_DATABASE_URL."
    ).format(where=refusal.where)


@says(refusals.SchemaOlder)
def schema_older(refusal: refusals.SchemaOlder) -> str:
    return _(
        "La base de données {where} vient d'une version plus ancienne : sauvegardez-la, "
        "puis mettez-la à niveau avec « python -m partnernet init »."
    ).format(where=refusal.where)


@says(refusals.SchemaNewer)
def schema_newer(refusal: refusals.SchemaNewer) -> str:
    return _("La base de données {where} vient d'une version plus récente : installez cette version.").format(
        where=refusal.where
    )
