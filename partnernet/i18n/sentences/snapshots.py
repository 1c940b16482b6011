"""Snapshots of the principal's books: what is wrong with their moment, their batch, the receipts that they refused."""

from __future__ import annotations

from partnernet.domain import snapshots
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import whole
from partnernet.i18n.sentences.registry import quoted, says


@says(snapshots.SnapshotInTheFuture)
def snapshot_in_the_future(refusal: snapshots.SnapshotInTheFuture) -> str:
    return _(
        "La date des documents ouverts, {as_of}, n'est pas encore venue : indiquez le moment où le fichier a été tiré."
    ).format(as_of=f"{refusal.as_of:%Y-%m-%d %H:%M %Z}")


@says(snapshots.SnapshotTooOld)
def snapshot_too_old(refusal: snapshots.SnapshotTooOld) -> str:
    return _(
        "Des documents ouverts plus récents sont déjà en vigueur ({in_force}) : ceux du {as_of} sont dépassés."
    ).format(
        as_of=f"{refusal.as_of:%Y-%m-%d %H:%M %Z}",
        in_force=f"{refusal.in_force.astimezone(refusal.as_of.tzinfo):%Y-%m-%d %H:%M %Z}",
    )


@says(snapshots.BatchUnknown)
def batch_unknown(refusal: snapshots.BatchUnknown) -> str:
    return _("Aucun lot {number} n'a été exporté : le fichier ne peut pas l'inclure.").format(
        number=refusal.through_batch
    )


@says(snapshots.BatchGoesBack)
def batch_goes_back(refusal: snapshots.BatchGoesBack) -> str:
    return _(
        "Le fichier en vigueur inclut déjà le lot {in_force} : celui-ci ne peut pas s'arrêter au lot {number}."
    ).format(in_force=refusal.in_force, number=refusal.through_batch)


@says(snapshots.BatchAfterMoment)
def batch_after_moment(refusal: snapshots.BatchAfterMoment) -> str:
    return _(
        "Le lot {number} a été préparé le {cut_at}, après le moment du fichier ({as_of}) : il ne peut pas y être."
    ).format(
        number=refusal.through_batch,
        cut_at=f"{refusal.cut_at.astimezone(refusal.as_of.tzinfo):%Y-%m-%d %H:%M %Z}",
        as_of=f"{refusal.as_of:%Y-%m-%d %H:%M %Z}",
    )


@says(snapshots.ReferenceMalformed)
def reference_malformed(refusal: snapshots.ReferenceMalformed) -> str:
    return _("« {found} » n'est pas un numéro de reçu comme MTL-000012, suivi de -R pour sa contre-passation.").format(
        found=quoted(refusal.found)
    )


@says(snapshots.ReferenceUnknown)
def reference_unknown(refusal: snapshots.ReferenceUnknown) -> str:
    return _("aucun paiement ni aucune contre-passation n'a la référence {reference}.").format(
        reference=refusal.reference
    )


@says(snapshots.ReferenceNotSent)
def reference_not_sent(refusal: snapshots.ReferenceNotSent) -> str:
    return _("{reference} n'est dans aucun des lots 1 à {number} : le fournisseur n'a pas pu le refuser.").format(
        reference=refusal.reference, number=refusal.through_batch
    )


@says(snapshots.ManyVanish)
def many_vanish(refusal: snapshots.ManyVanish) -> str:
    return _("{count} des {known} documents ouverts ne sont pas dans le fichier : est-il complet ?").format(
        count=whole(refusal.vanishing_count), known=whole(refusal.in_force_count)
    )
