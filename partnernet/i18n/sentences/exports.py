"""Refusals about batches of payments and their files."""

from __future__ import annotations

from partnernet.domain import batches
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says
from partnernet.i18n.system_reasons import system_reason


@says(batches.BatchNotFound)
def batch_not_found(refusal: batches.BatchNotFound) -> str:
    return _("Aucun lot ne porte le numéro {number}.").format(number=refusal.number)


@says(batches.BatchWithoutDeposits)
def batch_without_deposits(refusal: batches.BatchWithoutDeposits) -> str:
    return _("Le lot {number} n'a pas de fichier de dépôts : aucun dépôt n'est parti avec lui.").format(
        number=refusal.number
    )


@says(batches.ExportFileDiffers)
def export_file_differs(refusal: batches.ExportFileDiffers) -> str:
    return _(
        "{path} existe déjà et contient autre chose que le lot {number} : rien n'y a été changé. Déplacez ce fichier, "
        "puis relancez avec --batch {number}."
    ).format(path=refusal.path, number=refusal.number)


@says(batches.BatchNotWritten)
def batch_not_written(refusal: batches.BatchNotWritten) -> str:
    return _(
        "Le lot {number} est préparé, mais {path} n'a pas pu être écrit : {reason}. Une fois la cause réglée, relancez "
        "avec --batch {number}."
    ).format(number=refusal.number, path=refusal.path, reason=system_reason(refusal.errno))


@says(batches.ExportInterrupted)
def export_interrupted(refusal: batches.ExportInterrupted) -> str:
    return _(
        "Interrompu : le lot {number} est préparé, mais ses fichiers ne sont pas tous écrits. Relancez avec "
        "--batch {number}."
    ).format(number=refusal.number)
