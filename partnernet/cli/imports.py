"""Importing the principal's files: a progress bar, each faulty line on stderr, and faulty lines set aside if asked."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from partnernet.cli import import_previews
from partnernet.cli.console import opened_database, operator, progress_bar, say, warn
from partnernet.cli.import_remarks import Remarks, place_of
from partnernet.clock import now
from partnernet.domain.exchanges import Fault, Imported, MomentUnreadable
from partnernet.domain.snapshots import SnapshotStamp
from partnernet.i18n import _, ngettext
from partnernet.i18n.sentences import sentence
from partnernet.services import exchanges
from partnernet.services.file_check import Listener
from partnernet.services.tabular import header_of
from partnernet.settings import settings
from partnernet.storage.database import Database

File = Annotated[Path, typer.Argument(metavar="FILE", help=_("Le fichier CSV tiré du système du fournisseur."))]
SetAside = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help=_("Écrire les lignes à corriger dans ce nouveau fichier et importer les autres.")
    ),
]

DryRun = Annotated[bool, typer.Option("--dry-run", help=_("Vérifier et dire ce qui changerait, sans rien importer."))]


def register(application: typer.Typer) -> None:
    """Add `import customers` and `import open-items`."""
    group = typer.Typer(no_args_is_help=True)
    group.command("customers", help=_("Ajouter les clients d'un fichier et mettre à jour ceux qui existent."))(
        import_customers
    )
    group.command("open-items", help=_("Remplacer les documents ouverts. Gros fichier : hors des heures d'ouverture."))(
        import_open_items
    )
    application.add_typer(group, name="import", help=_("Les fichiers du fournisseur : tout est vérifié d'abord."))


def import_customers(file: File, set_aside: SetAside = None, dry_run: DryRun = False) -> None:
    if dry_run:
        import_previews.customers(file, set_aside=set_aside is not None)
        return

    def work(database: Database, listener: Listener) -> Imported:
        return exchanges.import_customers(
            database, file, listener, set_aside=set_aside is not None, by=operator(), at=now()
        )

    imported = _import(file, set_aside, work)
    say(
        ngettext("{count} client importé.", "{count} clients importés.", imported.row_count).format(
            count=imported.row_count
        )
    )


def import_open_items(
    file: File,
    as_of: Annotated[str, typer.Option(metavar="MOMENT", help=_("Quand le fichier a été tiré : 2026-11-23T18:00."))],
    through_batch: Annotated[
        int, typer.Option(min=0, help=_("Le dernier lot de paiements que le fichier inclut."))
    ] = 0,
    not_posted: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=_("Les reçus de ces lots que le fournisseur a refusés (colonne reference).")),
    ] = None,
    set_aside: SetAside = None,
    dry_run: DryRun = False,
) -> None:
    stamp = SnapshotStamp(_moment(as_of), through_batch)
    if dry_run:
        import_previews.open_items(file, stamp, not_posted, set_aside=set_aside is not None)
        return

    def work(database: Database, listener: Listener) -> Imported:
        return exchanges.import_open_items(
            database,
            file,
            stamp,
            listener,
            not_posted=not_posted,
            set_aside=set_aside is not None,
            by=operator(),
            at=now(),
        )

    imported = _import(file, set_aside, work, not_posted)
    say(
        ngettext("{count} document importé.", "{count} documents importés.", imported.row_count).format(
            count=imported.row_count
        )
    )


def _moment(typed: str) -> datetime:
    """A date and hour, in the deployment's time zone unless it names its own offset."""
    try:
        found = datetime.fromisoformat(typed.strip())
    except ValueError:
        raise MomentUnreadable(typed) from None
    if len(typed.strip()) < len("2026-11-23T18:00"):
        raise MomentUnreadable(typed)  # a date without its hour
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings().timezone))


def _import(
    file: Path,
    set_aside: Path | None,
    work: Callable[[Database, Listener], Imported],
    not_posted: Path | None = None,
) -> Imported:
    remarks = Remarks(file)
    with ExitStack() as stack:
        database = stack.enter_context(opened_database())
        aside = stack.enter_context(_aside(file, set_aside)) if set_aside else _unwanted
        progress = stack.enter_context(progress_bar())

        def tell(fault: Fault) -> None:
            said = f"{place_of(fault, file, not_posted)}: {sentence(fault.reason)}"
            warn(said)
            if not fault.file_name:
                aside(said, fault)

        imported = work(database, Listener(tell, remarks.keep, progress))
    remarks.say_all()
    if imported.fault_count:
        said = ngettext(
            "{count} ligne mise de côté dans {file}.", "{count} lignes mises de côté dans {file}.", imported.fault_count
        )
        say(said.format(count=imported.fault_count, file=set_aside))
    return imported


Aside = Callable[[str, Fault], None]


def _unwanted(_said: str, _fault: Fault) -> None:
    """Faulty lines are not set aside."""


@contextmanager
def _aside(source: Path, target: Path) -> Iterator[Aside]:
    """A new file for the faulty lines, the reason before each; it can be corrected and imported as it is.

    It disappears when there was none, and when the import did not take place.
    """
    written = 0
    with target.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("reason", *header_of(source)))

        def write(said: str, fault: Fault) -> None:
            nonlocal written
            writer.writerow((said, *fault.fields))
            written += 1

        try:
            yield write
        except BaseException:
            written = 0
            raise
        finally:
            if not written:
                target.unlink()
