"""Refusals of backups."""

from __future__ import annotations

from partnernet.domain.backups import BackupDamaged, BackupElsewhere, BackupExists
from partnernet.i18n.catalogues import _
from partnernet.i18n.sentences.registry import says


@says(BackupElsewhere)
def backup_elsewhere(_refusal: BackupElsewhere) -> str:
    return _("Une base PostgreSQL se sauvegarde avec pg_dump et se restaure avec pg_restore.")


@says(BackupExists)
def backup_exists(refusal: BackupExists) -> str:
    return _("Le fichier « {path} » existe déjà : donnez un autre nom à la sauvegarde.").format(path=refusal.path)


@says(BackupDamaged)
def backup_damaged(refusal: BackupDamaged) -> str:
    return _("Le fichier « {path} » est endommagé : rien n'a été restauré.").format(path=refusal.path)
