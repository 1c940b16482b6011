"""Refusals of drops during the day, and of floats that change hands."""

from __future__ import annotations

from partnernet.domain import drops, handovers
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import says


@says(drops.DropEmpty)
def drop_empty(_refusal: drops.DropEmpty) -> str:
    return _("Sac : il est vide. Inscrivez des pièces ou des billets, ou cochez un chèque.")


@says(drops.DropBeyondCollected)
def drop_beyond_collected(_refusal: drops.DropBeyondCollected) -> str:
    return _("Sac : c'est plus que ce que vous avez encaissé. Le fonds de caisse reste dans le tiroir.")


@says(drops.ChequeNotOnHand)
def cheque_not_on_hand(_refusal: drops.ChequeNotOnHand) -> str:
    return _("Sac : un des chèques cochés n'est plus dans votre caisse, ou sa date n'est pas venue. Cochez de nouveau.")


@says(drops.DropNotWaiting)
def drop_not_waiting(_refusal: drops.DropNotWaiting) -> str:
    return _("Ce sac n'attend plus : quelqu'un d'autre l'a déjà reçu.")


@says(handovers.FloatAboveAuthorised)
def float_above_authorised(refusal: handovers.FloatAboveAuthorised) -> str:
    return _("Montant : le fonds de la personne dépasserait les {authorised} autorisés.").format(
        authorised=money(refusal.authorised)
    )


@says(handovers.FloatTooSmall)
def float_too_small(refusal: handovers.FloatTooSmall) -> str:
    return _("Montant : le fonds n'a que {present} à remettre.").format(present=money(refusal.present))


@says(handovers.CollectionsInDrawer)
def collections_in_drawer(_refusal: handovers.CollectionsInDrawer) -> str:
    return _(
        "Le tiroir contient encore de l'argent de clients : soumettez d'abord votre réconciliation, "
        "puis remettez le fonds."
    )


@says(handovers.NoSuchColleague)
def no_such_colleague(_refusal: handovers.NoSuchColleague) -> str:
    return _("Choisissez une autre personne de votre succursale, qui tient une caisse.")


@says(handovers.HandoverSettled)
def handover_settled(_refusal: handovers.HandoverSettled) -> str:
    return _("Cette remise de fonds n'attend plus votre réponse : elle a été confirmée, refusée ou retirée.")
