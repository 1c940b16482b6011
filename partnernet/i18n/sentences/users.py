"""Refusals of a new user or branch."""

from __future__ import annotations

from partnernet.domain import users
from partnernet.i18n import labels
from partnernet.i18n.catalogues import _
from partnernet.i18n.formats import money
from partnernet.i18n.sentences.registry import quoted, says


@says(users.LoginMalformed)
def login_malformed(_refusal: users.LoginMalformed) -> str:
    return _("Numéro d'agent : de 2 à 20 lettres sans accent, chiffres, points, traits d'union ou soulignés.")


@says(users.LoginTaken)
def login_taken(refusal: users.LoginTaken) -> str:
    return _("Numéro d'agent : {login} existe déjà.").format(login=refusal.login)


@says(users.PersonNameMissing)
def person_name_missing(_refusal: users.PersonNameMissing) -> str:
    return _("Nom de la personne : indiquez-le, il figure sur les reçus.")


@says(users.BranchNeeded)
def branch_needed(refusal: users.BranchNeeded) -> str:
    return _("Succursale : indiquez celle que sert la personne ({role}).").format(
        role=labels.role(refusal.role).lower()
    )


@says(users.BranchNotFound)
def branch_not_found(refusal: users.BranchNotFound) -> str:
    return _("Succursale : aucune n'a le code « {code} ».").format(code=quoted(refusal.code))


@says(users.UserNotFound)
def user_not_found(refusal: users.UserNotFound) -> str:
    return _("Numéro d'agent : personne n'a le numéro « {login} ».").format(login=quoted(refusal.login))


@says(users.BranchCodeMalformed)
def branch_code_malformed(_refusal: users.BranchCodeMalformed) -> str:
    return _("Code de succursale : de 2 à 8 lettres sans accent ou chiffres.")


@says(users.BranchCodeTaken)
def branch_code_taken(refusal: users.BranchCodeTaken) -> str:
    return _("Code de succursale : {code} existe déjà.").format(code=refusal.code)


@says(users.BranchNameMissing)
def branch_name_missing(_refusal: users.BranchNameMissing) -> str:
    return _("Nom de la succursale : indiquez-le.")


@says(users.TimezoneUnknown)
def timezone_unknown(refusal: users.TimezoneUnknown) -> str:
    return _("Fuseau horaire : « {name} » est inconnu ; par exemple America/Toronto.").format(name=quoted(refusal.name))


@says(users.FloatUnreadable)
def float_unreadable(refusal: users.FloatUnreadable) -> str:
    return _("Fonds de caisse : « {typed} » n'est pas un montant, zéro ou plus. Écrivez-le comme 200,00.").format(
        typed=quoted(refusal.typed)
    )


@says(users.FloatImpossible)
def float_impossible(refusal: users.FloatImpossible) -> str:
    return _("Fonds de caisse : {amount} n'est pas un multiple de cinq cents, zéro ou plus.").format(
        amount=money(refusal.amount)
    )
