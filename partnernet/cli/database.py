"""The database: made, filled with the demonstration, verified, backed up and restored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from partnernet import demo
from partnernet.cli.console import opened_database, operator, out, say, warn
from partnernet.clock import now
from partnernet.domain.refusals import DatabaseForeign, DatabaseMissing
from partnernet.i18n import _, ngettext
from partnernet.i18n.labels import role
from partnernet.i18n.problems import problem
from partnernet.services import backups, verification
from partnernet.settings import settings
from partnernet.storage import schema

File = Annotated[Path, typer.Argument(metavar="FILE")]


def register(application: typer.Typer) -> None:
    """Add `init`, `verify`, `demo`, `backup` and `restore`."""
    application.command("init", help=_("Créer la base de données configurée, ou l'amener à cette version."))(init)
    application.command("verify", help=_("Vérifier tout le grand livre : chaîne, numéros, équilibre."))(verify)
    application.command("demo", help=_("Remplir une base vide de données fictives, et dire comment y entrer."))(
        demonstrate
    )
    application.command("backup", help=_("Sauvegarder la base SQLite dans un nouveau fichier, sans rien arrêter."))(
        backup
    )
    application.command("restore", help=_("Remettre la base SQLite dans l'état d'une sauvegarde."))(restore)


def init() -> None:
    schema.upgrade(settings().owner_database_url or settings().database_url)
    say(_("La base de données est prête."))


def verify() -> None:
    with opened_database() as database:
        found = verification.verify(database, by=operator())
    for code, sequence, chain_hash in found.heads:
        say(_("{branch} : dernière écriture {sequence}, empreinte {hash}").format(
            branch=code, sequence=sequence, hash=chain_hash
        ))  # fmt: skip
    for broken in found.problems:
        warn(problem(broken))
    if found.problems:
        raise typer.Exit(1)
    say(_("Le grand livre est intact. Écritures : {postings} ; lignes : {lines}.").format(
        postings=found.postings, lines=found.lines
    ))  # fmt: skip


def demonstrate() -> None:
    url = settings().database_url
    try:
        database = schema.open_database(url)
    except (DatabaseMissing, DatabaseForeign):
        schema.upgrade(url)  # refuses whatever is not empty
        database = schema.open_database(url)
    try:
        filled = demo.fill(database, at=now(), timezone=settings().timezone)
    finally:
        database.dispose()
    say(_("La démonstration est prête.") if filled else _("La démonstration était déjà là."))
    table = Table(_("Numéro d'agent"), _("Nom"), _("Rôle"), _("Succursale"))
    for person in demo.SIGN_INS:
        table.add_row(person.login, person.name, role(person.role), person.branch_code or "")
    out.print(table)
    say(_("Mot de passe de chacun : {password}").format(password=demo.PASSWORD))


def backup(file: File) -> None:
    with opened_database() as database:
        size_bytes = backups.back_up(database, file, by=operator(), at=now())
    say(_("Sauvegarde écrite : {file} ({size} ko).").format(file=file, size=-(-size_bytes // 1024)))


def restore(
    file: File,
    yes: Annotated[bool, typer.Option("--yes", help=_("Ne rien demander, même pour revenir en arrière."))] = False,
) -> None:
    with opened_database() as database:
        lost = backups.postings_lost(database, file, by=operator())
        if lost and not yes:
            asked = ngettext(
                "{count} écriture sera perdue et son numéro de reçu pourra servir deux fois. Continuer ?",
                "{count} écritures seront perdues et leurs numéros de reçu pourront servir deux fois. Continuer ?",
                lost,
            )
            typer.confirm(asked.format(count=lost), abort=True, err=True)
        backups.restore(database, file, by=operator(), at=now())
    say(_("La base est celle de {file}.").format(file=file))
