"""The dry run of the principal's files: what is wrong on stderr, what would change on stdout, nothing imported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from partnernet.cli.console import opened_database, operator, progress_bar, say, warn
from partnernet.cli.import_remarks import Remarks, place_of
from partnernet.clock import now
from partnernet.domain.accounts import OpenItem
from partnernet.domain.exchanges import Fault
from partnernet.domain.snapshots import DocumentChange, IncludedPayment, ManyVanish, OpenItemsPreview, SnapshotStamp
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import due, money
from partnernet.i18n.labels import document_kind
from partnernet.i18n.sentences import sentence
from partnernet.services import previews
from partnernet.services.file_check import Listener
from partnernet.storage.database import Database


def customers(file: Path, *, set_aside: bool) -> None:
    """Say what a file of customers would add and change."""
    with _reading(file) as (database, listener):
        found = previews.preview_customers(database, file, listener, by=operator())
    if found.row_count:
        new, changed = found.new_count, found.changed_count
        say(ngettext("{count} nouveau client", "{count} nouveaux clients", new).format(count=new))
        say(ngettext("{count} client modifié", "{count} clients modifiés", changed).format(count=changed))
        for change in found.changes:
            fields = " · ".join(
                f"{column} : {before or '–'} → {after or '–'}" for column, before, after in change.fields
            )
            say(f"  {change.account_number}  {change.name}  {fields}")
        _say_rest(changed - len(found.changes))
    _end(found.row_count, found.fault_count, set_aside=set_aside)


def open_items(file: Path, stamp: SnapshotStamp, not_posted: Path | None, *, set_aside: bool) -> None:
    """Say which documents and balances a file of open items would change, and what deserves a look."""
    with _reading(file, not_posted) as (database, listener):
        found = previews.preview_open_items(
            database, file, stamp, listener, not_posted=not_posted, by=operator(), at=now()
        )
    if found.row_count:
        _say_documents(found)
        _say_balances(found)
        included = found.included_count
        say(
            ngettext(
                "{count} paiement ou contre-passation de plus serait inclus.",
                "{count} paiements et contre-passations de plus seraient inclus.",
                included,
            ).format(count=included)
        )
        _say_payments(
            _("Paiements que le fichier dit inclure, mais dont aucun document n'a bougé :"),
            found.unmoved,
            found.unmoved_count,
        )
        _say_payments(
            _("Refusés jusqu'ici, et qui compteraient comme inclus :"),
            found.posted_after_all,
            found.posted_after_all_count,
        )
        _say_payments(
            _("Refusés, alors que leur contre-passation compterait comme incluse :"),
            found.half_refused,
            found.half_refused_count,
        )
        if found.loses_many:
            warn(f"{file}: {sentence(ManyVanish(found.vanishing_count, found.in_force_count))}")
    _end(found.row_count, found.fault_count, set_aside=set_aside)


def _say_documents(found: OpenItemsPreview) -> None:
    say(
        _("Documents : {new} de plus, {gone} de moins, {moved} modifiés.").format(
            new=found.appearing_count, gone=found.vanishing_count, moved=found.moving_count
        )
    )
    for each in found.documents:
        say(f"  {each.account_number}  {_document(each)}")
    _say_rest(found.appearing_count + found.vanishing_count + found.moving_count - len(found.documents))


def _document(change: DocumentChange) -> str:
    """A document with what is open of it, before and after; the due date as well where that is what changes."""
    before, after = change.before, change.after
    known = after or before
    assert known is not None  # noqa: S101 - a change has a side at least
    dates = bool(before and after and before.due_date != after.due_date)
    sides = " → ".join(_side(each, dated=dates) for each in (before, after))
    return f"{document_kind(known.kind)} {known.document_number}  {sides}"


def _side(item: OpenItem | None, *, dated: bool) -> str:
    if item is None:
        return "–"
    return f"{money(item.open_amount)} ({item.due_date.isoformat()})" if dated else money(item.open_amount)


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


def _end(row_count: int, fault_count: int, *, set_aside: bool) -> None:
    """Say whether the file could be imported as it was asked."""
    if fault_count and not (set_aside and row_count):
        said = ngettext(
            "{count} ligne à corriger : le fichier ne serait pas importé.",
            "{count} lignes à corriger : le fichier ne serait pas importé.",
            fault_count,
        )
        warn(said.format(count=fault_count))
        raise typer.Exit(1)
    if fault_count:
        said = ngettext("{count} ligne serait mise de côté.", "{count} lignes seraient mises de côté.", fault_count)
        say(said.format(count=fault_count))
    say(_("Rien n'a été importé : c'était un essai."))


@contextmanager
def _reading(file: Path, not_posted: Path | None = None) -> Iterator[tuple[Database, Listener]]:
    """The database and whom to tell while files are read: faults at once, remarks at the end."""
    remarks = Remarks(file)

    def tell(fault: Fault) -> None:
        warn(f"{place_of(fault, file, not_posted)}: {sentence(fault.reason)}")

    with opened_database() as database, progress_bar() as progress:
        yield database, Listener(tell, remarks.keep, progress)
    remarks.say_all()
