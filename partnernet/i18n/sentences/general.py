"""Refusals that any request may meet."""

from __future__ import annotations

from partnernet.domain.agents import NoBranch
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.refusals import DatabaseBusy, FormRefused, NotPermitted, OtherContentForKey
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(NotPermitted)
def not_permitted(_refusal: NotPermitted) -> str:
    return _("Votre rôle ne permet pas cette action : adressez-vous à votre superviseur.")


@says(FormRefused)
def form_refused(_refusal: FormRefused) -> str:
    return _("Rien n'a été enregistré : corrigez les champs signalés.")


@says(NoBranch)
def no_branch(refusal: NoBranch) -> str:
    return _(
        "{login} n'est rattaché à aucune succursale : demandez à l'administrateur de lui en attribuer une."
    ).format(login=refusal.login)


@says(OtherContentForKey)
def other_content_for_key(_refusal: OtherContentForKey) -> str:
    return _(
        "Ce formulaire a déjà servi à enregistrer autre chose : rien de nouveau n'a été enregistré. "
        "Ouvrez un nouveau formulaire."
    )


@says(KeyMalformed)
def key_malformed(_refusal: KeyMalformed) -> str:
    return _("L'adresse de ce formulaire est incomplète : rien n'a été enregistré. Ouvrez un nouveau formulaire.")


@says(DatabaseBusy)
def database_busy(_refusal: DatabaseBusy) -> str:
    return _("La base de données est occupée : rien n'a été enregistré. Réessayez dans un instant.")
