"""Refusals of counting a till."""

from __future__ import annotations

from partnernet.domain import counts, pieces
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import denomination, whole
from partnernet.i18n.sentences.registry import quoted, says


@says(pieces.QuantityMalformed)
def quantity_malformed(refusal: pieces.QuantityMalformed) -> str:
    return _(
        "{denomination} : « {typed} » n'est pas un nombre de pièces. Écrivez un nombre entier de 0 à {largest}, "
        "ou laissez vide."
    ).format(
        denomination=denomination(refusal.denomination_cents),
        typed=quoted(refusal.typed),
        largest=whole(pieces.LARGEST_QUANTITY),
    )


@says(pieces.CountRefused)
def count_refused(_refusal: pieces.CountRefused) -> str:
    return _("Le décompte n'est pas figé : corrigez les lignes signalées. Ce que vous avez écrit est gardé.")


@says(counts.NoTill)
def no_till(_refusal: counts.NoTill) -> str:
    return _("Rien à compter : cette caisse n'est pas ouverte. Elle s'ouvrira au premier paiement.")


@says(counts.CountUnderWay)
def count_under_way(_refusal: counts.CountUnderWay) -> str:
    return _(
        "Un décompte est en cours dans cette caisse : terminez-le d'abord, ou abandonnez-le. Rien n'a été enregistré."
    )


@says(counts.CountedByAnother)
def counted_by_another(refusal: counts.CountedByAnother) -> str:
    return _("{name} compte déjà cette caisse : attendez la fin de son décompte.").format(name=refusal.name)


@says(counts.WitnessUnfit)
def witness_unfit(_refusal: counts.WitnessUnfit) -> str:
    return _("Témoin : une autre personne de la succursale, ni vous, ni celle dont on compte la caisse.")


@says(counts.NoCount)
def no_count(_refusal: counts.NoCount) -> str:
    return _("Ce décompte n'est plus en cours : il a été figé, recommencé ou abandonné ailleurs. Voyez où il en est.")
