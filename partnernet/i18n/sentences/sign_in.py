"""Refusals at sign-in, of a new password, and of a session."""

from __future__ import annotations

from partnernet.domain import passwords, sign_in
from partnernet.i18n.catalogues import _, ngettext
from partnernet.i18n.sentences.registry import says


@says(sign_in.SignInRefused)
def sign_in_refused(_refusal: sign_in.SignInRefused) -> str:
    return _("Numéro d'agent ou mot de passe incorrect : vérifiez les deux et réessayez.")


@says(sign_in.TooManyAttempts)
def too_many_attempts(refusal: sign_in.TooManyAttempts) -> str:
    return ngettext(
        "Trop de tentatives pour ce numéro d'agent : réessayez dans une minute.",
        "Trop de tentatives pour ce numéro d'agent : réessayez dans {minutes} minutes.",
        refusal.minutes,
    ).format(minutes=refusal.minutes)


@says(sign_in.AccountStopped)
def account_stopped(_refusal: sign_in.AccountStopped) -> str:
    return _(
        "Ce numéro d'agent est bloqué après trop de tentatives : demandez à l'administrateur un code à usage unique."
    )


@says(sign_in.CurrentPasswordWrong)
def current_password_wrong(_refusal: sign_in.CurrentPasswordWrong) -> str:
    return _("Mot de passe actuel : ce n'est pas le bon. Retapez-le.")


@says(sign_in.PasswordNotProved)
def password_not_proved(_refusal: sign_in.PasswordNotProved) -> str:
    return _("Mot de passe : ce n'est pas le vôtre. Retapez-le.")


@says(sign_in.WitnessNotProved)
def witness_not_proved(_refusal: sign_in.WitnessNotProved) -> str:
    return _("Mot de passe du témoin : ce n'est pas le bon. Le témoin le retape lui-même.")


@says(sign_in.SessionNotFound)
def session_not_found(_refusal: sign_in.SessionNotFound) -> str:
    return _("Cette session est déjà fermée.")


@says(passwords.PasswordTooShort)
def password_too_short(refusal: passwords.PasswordTooShort) -> str:
    return _(
        "Nouveau mot de passe : au moins {shortest} caractères ; celui-ci en a {chars}. "
        "Quatre mots sans lien entre eux conviennent."
    ).format(shortest=refusal.shortest_chars, chars=refusal.chars)


@says(passwords.PasswordTooLong)
def password_too_long(refusal: passwords.PasswordTooLong) -> str:
    return _("Nouveau mot de passe : {longest} caractères au plus. Raccourcissez-le.").format(
        longest=refusal.longest_chars
    )


@says(passwords.PasswordTooCommon)
def password_too_common(_refusal: passwords.PasswordTooCommon) -> str:
    return _(
        "Nouveau mot de passe : trop facile à deviner (mots courants, suites de touches, répétitions ou votre nom). "
        "Choisissez quatre mots sans lien entre eux."
    )


@says(passwords.PasswordsDiffer)
def passwords_differ(_refusal: passwords.PasswordsDiffer) -> str:
    return _("Nouveau mot de passe, encore : il diffère du premier. Retapez les deux.")
