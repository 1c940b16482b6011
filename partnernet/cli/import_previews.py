"""The dry run of the principal's files: what is wrong on stderr, what would change on stdout, nothing imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from partnernet.cli.console import opened_database, operator, progress_bar, say, warn
from partnernet.clock import now
from partnernet.domain.exchanges import Fault
from partnernet.domain.snapshots import IncludedPayment, OpenItemsPreview, SnapshotStamp
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import due, money
from partnernet.i18n.sentences import sentence
from partnernet.services import previews
from partnernet.services.file_check import Listener
from partnernet.storage.database import Database


def customers(file: Path) -> None:
    """Say what a file of customers would add and change."""
    with _reading(file) as (database, listener):
        found = previews.preview_customers(database, file, listener, by=operator())
    new, changed = found.new_count, found.changed_count
    say(ngettext("{count} nouveau client", "{count} nouveaux clients", new).format(count=new))
    say(ngettext("{count} client modifié", "{count} clients modifiés", changed).format(count=changed))
    for change in found.changes:
        fields = " · ".join(f"{column} : {before or '–'} → {after or '–'}" for column, before, after in change.fields)
        say(f"  {change.account_number}  {change.name}  {fields}")
    _say_rest(changed - len(found.changes))
    _end(found.fault_count)


def open_items(file: Path, stamp: SnapshotStamp, not_posted: Path | None) -> None:
    """Say which documents and balances a file of open items would change, and what deserves a look."""
    with _reading(file) as (database, listener):
        found = previews.preview_open_items(
            database, file, stamp, listener, not_posted=not_posted, by=operator(), at=now()
        )
    say(
        _("Documents : {new} de plus, {gone} de moins, {moved} modifiés.").format(
            new=found.appearing_count, gone=found.vanishing_count, moved=found.moving_count
        )
    )
    _say_balances(found)
    _say_payments(
        _("Paiements que le fichier dit inclure, mais dont aucun document n'a bougé :"),
        found.unmoved,
        found.unmoved_count,
    )
    _say_payments(
        _("Refusés jusqu'ici, et qui compteraient comme inclus :"), found.posted_after_all, found.posted_after_all_count
    )
    _end(found.fault_count)


def _say_balances(found: OpenItemsPreview) -> None:
    changed = found.balance_count
    say(
        ngettext("{count} compte dont le solde change.", "{count} comptes dont le solde change.", changed).format(
            count=changed
        )
    )
    for each in found.balances:
        say(f"  {each.account_number}  {each.name}  {due(each.before)} → {due(each.after)}")
    _say_rest(changed - len(found.balances))


def _say_payments(title: str, payments: Iterable[IncludedPayment], count: int) -> None:
    if not count:
        return
    shown = list(payments)
    say(title)
    for each in shown:
        say(f"  {each.reference}  {each.account_number}  {each.name}  {money(each.amount)}")
    _say_rest(count - len(shown))


def _say_rest(more: int) -> None:
    if more > 0:
        say(ngettext("  … et {count} autre.", "  … et {count} autres.", more).format(count=more))


def _end(fault_count: int) -> None:
    said = ngettext(
        "{count} ligne à corriger : le fichier ne serait pas importé.",
        "{count} lignes à corriger : le fichier ne serait pas importé.",
        fault_count,
    )
    say(said.format(count=fault_count) if fault_count else _("Rien n'a été importé : c'était un essai."))
    if fault_count:
        raise typer.Exit(1)


@contextmanager
def _reading(file: Path) -> Iterator[tuple[Database, Listener]]:
    def tell(fault: Fault) -> None:
        warn(f"{fault.file_name or file}:{fault.line}: {sentence(fault.reason)}")

    with opened_database() as database, progress_bar() as progress:
        yield database, Listener(tell, progress=progress)
