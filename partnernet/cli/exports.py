"""Writing batches of payments into a folder, from where they go to the principal's books.

What one run was stopped from writing, the next one into the same folder writes (`export_marks`).
"""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from partnernet.cli.console import opened_database, operator, say
from partnernet.cli.export_marks import left_behind, marked
from partnernet.clock import now
from partnernet.domain.batches import Batch, BatchNotWritten, ExportFileDiffers, ExportInterrupted
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import moment, money
from partnernet.services import exports
from partnernet.settings import settings
from partnernet.storage.database import Database


def register(application: typer.Typer) -> None:
    """Add `export payments`."""
    group = typer.Typer(no_args_is_help=True)
    group.command("payments", help=_("Écrire dans un dossier le prochain lot de paiements, ou un ancien."))(
        export_payments
    )
    application.add_typer(group, name="export", help=_("Les paiements à remettre au fournisseur, par lots numérotés."))


def export_payments(
    out: Annotated[Path, typer.Option(metavar="DIR", help=_("Le dossier, qui existe déjà, où écrire les fichiers."))],
    batch: Annotated[
        int | None, typer.Option(min=1, help=_("Écrire de nouveau ce lot, le même à l'octet près."))
    ] = None,
) -> None:
    if not out.is_dir():
        reason = errno.ENOTDIR if out.exists() else errno.ENOENT
        raise OSError(reason, os.strerror(reason), str(out))
    with opened_database() as database:
        if batch is None:
            _export(database, out)
        else:
            _reissue(database, out, batch)


def _export(database: Database, folder: Path) -> None:
    """Finish what an earlier run was stopped from writing, then cut and write the next batch."""
    finished = _finish(database, folder)
    key = secrets.token_urlsafe(16)
    try:
        with marked(folder, key):  # a folder that takes no file is noticed before there is a batch
            made = exports.cut(database, key, by=operator(), at=now())
            if made:
                _deliver(database, folder, made)
    except KeyboardInterrupt:
        stopped = exports.by_key(database, key, by=operator())
        if stopped is None:
            raise
        raise ExportInterrupted(stopped.number) from None
    if made is None and not finished:
        _say_nothing(exports.last(database, by=operator()))


def _reissue(database: Database, folder: Path, number: int) -> None:
    _deliver(database, folder, exports.produce_again(database, number, by=operator(), at=now()))


def _finish(database: Database, folder: Path) -> bool:
    """Write the batches of the runs that were stopped before they could; whether any was still missing."""
    finished = False
    with left_behind(folder) as keys:
        for key in keys:
            batch = exports.by_key(database, key, by=operator())
            if batch and not _is_written(database, folder, batch):
                said = _("Une exportation s'était arrêtée avant d'écrire le lot {number} : il est complet maintenant.")
                _deliver(database, folder, batch)
                say(said.format(number=batch.number))
                finished = True
    return finished


# --- writing files --------------------------------------------------------------------------------------------------


def _deliver(database: Database, folder: Path, batch: Batch) -> None:
    """Write the files of a batch and say where they are. Raises `ExportFileDiffers` and `BatchNotWritten`."""
    paths = []
    for kind in batch.files:
        file = exports.file(database, batch.number, kind, by=operator())
        path = folder / file.name
        try:
            _put(path, file.content)
        except FileExistsError:
            raise ExportFileDiffers(str(path), batch.number) from None
        except OSError as error:
            raise BatchNotWritten(batch.number, str(path), error.errno or 0) from error
        paths.append(path)
    _say_batch(batch, paths)


def _is_written(database: Database, folder: Path, batch: Batch) -> bool:
    """Whether its files are there already, as when they were asked for again by the batch's number."""
    files = (exports.file(database, batch.number, kind, by=operator()) for kind in batch.files)
    return all((folder / file.name).exists() and (folder / file.name).read_bytes() == file.content for file in files)


def _put(path: Path, content: bytes) -> None:
    """A file that bears its name once it is whole and on the disk; the same one is left alone, another refused."""
    if path.exists():
        if path.read_bytes() != content:
            raise FileExistsError
        return
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    finally:
        with suppress(OSError):
            partial.unlink()


# --- saying so ------------------------------------------------------------------------------------------------------


def _say_batch(batch: Batch, paths: list[Path]) -> None:
    paid = ngettext("{count} paiement", "{count} paiements", batch.payment_count)
    undone = ngettext("{count} contre-passation", "{count} contre-passations", batch.reversal_count)
    deposited = ngettext("{count} dépôt", "{count} dépôts", batch.deposit_count)
    held = [
        f"{said.format(count=count)}{amount}"
        for said, count, amount in (
            (paid, batch.payment_count, f" ({money(batch.payments)})"),
            (undone, batch.reversal_count, f" ({money(batch.reversals)})"),
            (deposited, batch.deposit_count, ""),
        )
        if count
    ]
    say(_("Lot {number} : {held}.").format(number=batch.number, held=", ".join(held)))
    for path in paths:
        say(str(path))
    for anchor in batch.anchors:
        said = _("{branch} : dernière écriture {sequence}, empreinte {hash}")
        say(said.format(branch=anchor.branch_code, sequence=anchor.sequence, hash=anchor.hash))


def _say_nothing(last: Batch | None) -> None:
    say(_("aucun paiement à exporter"))
    if last:
        said = _("Le dernier lot est le {number}, du {moment}. Pour l'écrire de nouveau : --batch {number}")
        say(said.format(number=last.number, moment=moment(last.cut_at, settings().timezone)))
