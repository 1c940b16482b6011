"""Refusals of a file that is brought to the screen of the exchanges."""

from __future__ import annotations

from partnernet.domain import exchange_form, exchanges
from partnernet.domain.exchanges import FileKind
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import quoted, says


@says(exchange_form.FileNotChosen)
def file_not_chosen(_refusal: exchange_form.FileNotChosen) -> str:
    return _("Choisissez le fichier à vérifier. S'il est en route vers le serveur, attendez qu'il y soit.")


@says(exchange_form.FileForgotten)
def file_forgotten(_refusal: exchange_form.FileForgotten) -> str:
    return _("Le serveur n'a plus ce fichier : retirez-le et choisissez-le de nouveau.")


@says(exchange_form.FileOfTheOtherKind)
def file_of_the_other_kind(refusal: exchange_form.FileOfTheOtherKind) -> str:
    if refusal.found is FileKind.CUSTOMERS:
        return _("C'est le fichier des clients : choisissez « Clients » plus haut, ou un autre fichier.")
    return _(
        "C'est le fichier des documents ouverts : choisissez « Documents ouverts » plus haut, ou un autre fichier."
    )


@says(exchange_form.FileIsAnArchive)
def file_is_an_archive(_refusal: exchange_form.FileIsAnArchive) -> str:
    return _(
        "C'est un classeur Excel, une archive (zip ou gz) ou un PDF, et non un fichier CSV : "
        "enregistrez-le en « CSV UTF-8 », ou décompressez-le."
    )


@says(exchange_form.FileDayUnreadable)
def file_day_unreadable(refusal: exchange_form.FileDayUnreadable) -> str:
    if not refusal.typed.strip():
        return _("Date du fichier : écrivez le jour où il a été tiré, comme 2026-11-24.")
    return _("Date du fichier : « {typed} » n'est pas une date. Écrivez année, mois, jour, comme 2026-11-24.").format(
        typed=quoted(refusal.typed)
    )


@says(exchange_form.FileHourUnreadable)
def file_hour_unreadable(refusal: exchange_form.FileHourUnreadable) -> str:
    if not refusal.typed.strip():
        return _("Heure du fichier : écrivez l'heure à laquelle il a été tiré, comme 18:00.")
    return _("Heure du fichier : « {typed} » n'est pas une heure. Écrivez-la comme 18:00.").format(
        typed=quoted(refusal.typed)
    )


@says(exchange_form.FileMayBeCutShort)
def file_may_be_cut_short(_refusal: exchange_form.FileMayBeCutShort) -> str:
    return _("Si le fichier est complet, cochez-le ; sinon, tirez-le de nouveau du système du fournisseur.")


@says(exchanges.ChangedSinceChecked)
def changed_since_checked(_refusal: exchanges.ChangedSinceChecked) -> str:
    return _("Ce n'est plus ce qui a été vérifié : vérifiez le fichier de nouveau. Rien n'a été importé.")
