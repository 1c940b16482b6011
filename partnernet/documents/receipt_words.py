"""What a receipt says, whatever its format: one value made from the payment, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import partial
from textwrap import shorten

from partnernet.documents.address import address_lines
from partnernet.documents.stamps import Stamp, duplicate
from partnernet.documents.wording import Both, Pair, PaperLanguage, Wording, masked, wording
from partnernet.domain.accounts import Allocation
from partnernet.domain.cheques import INSTITUTIONS, Cheque
from partnernet.domain.money import Money
from partnernet.domain.receipts import Receipt
from partnernet.i18n import _, ngettext
from partnernet.i18n.formats import balance, day, figure, moment, money, signed

_DRAWER_MAX_CHARS = 60


class Copy(Enum):
    """Who keeps the paper. Only the principal needs the whole number of the cheque's bank account."""

    CUSTOMER = "customer"
    PRINCIPAL = "principal"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document that the payment paid, in whole or in part."""

    number: str
    due: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """The receipt in words and figures, in the order in which it is read."""

    title: Wording
    at: str
    reversed: bool
    stamps: tuple[Stamp, ...]
    origin: tuple[Pair, ...]
    customer: Wording
    customer_name: str
    address: tuple[str, ...]
    account: Wording
    amount: Pair
    settlement: tuple[Pair, ...]
    conditions: tuple[Wording, ...]
    documents: Wording
    heads: tuple[Wording, Wording, Wording]
    lines: tuple[DocumentLine, ...]
    credit: Pair | None
    balances: tuple[Pair, ...]
    notes: tuple[Wording, ...]
    kept_by: Wording


def receipt_words(
    receipt: Receipt,
    *,
    principal: str,
    support_contact: str | None,
    language: PaperLanguage,
    copy: Copy,
    copy_number: int,
) -> ReceiptWords:
    """Put a receipt into words; call it with French in force, in which the figures of every paper are written."""
    both = partial(wording, language)
    return ReceiptWords(
        title=both(lambda: _("Reçu no {number}").format(number=receipt.number)),
        at=moment(receipt.at, receipt.branch.timezone),
        reversed=receipt.reversal is not None,
        stamps=_stamps(receipt, copy_number, both),
        origin=_origin(receipt, principal, both),
        customer=both(lambda: _("Client")),
        customer_name=receipt.customer.name,
        address=address_lines(receipt.customer),
        account=both(lambda: _("Compte no {number}").format(number=receipt.customer.number)),
        amount=Pair(both(lambda: _("Montant payé")), money(receipt.amount)),
        settlement=_settlement(receipt, copy, both),
        conditions=_conditions(receipt, both),
        documents=both(lambda: _("Documents payés")),
        heads=(both(lambda: _("Numéro")), both(lambda: _("Échéance")), both(lambda: _("Montant"))),
        lines=tuple(_line(allocation) for allocation in receipt.allocations),
        credit=_credit(receipt, both),
        balances=_balances(receipt, both),
        notes=_notes(receipt, principal, support_contact, copy, both),
        kept_by=both(
            lambda: (
                _("Copie du client") if copy is Copy.CUSTOMER else _("Copie de {principal}").format(principal=principal)
            )
        ),
    )


def on_further_pages(count: int, language: PaperLanguage) -> Wording:
    """The line that stands for documents listed on the pages after."""
    return wording(
        language,
        lambda: ngettext(
            "et {count} autre document, page suivante", "et {count} autres documents, pages suivantes", count
        ).format(count=count),
    )


def on_letter_paper(count: int, language: PaperLanguage) -> Wording:
    """The line that stands for documents that only the letter format lists."""
    return wording(
        language,
        lambda: ngettext(
            "et {count} autre document, listé au format lettre",
            "et {count} autres documents, listés au format lettre",
            count,
        ).format(count=count),
    )


def _stamps(receipt: Receipt, copy_number: int, both: Both) -> tuple[Stamp, ...]:
    reversal = receipt.reversal
    if reversal is None:
        return duplicate(copy_number, both)
    when = moment(reversal.at, receipt.branch.timezone)
    detail = both(lambda: _("le {when} : ce reçu ne vaut plus paiement").format(when=when))
    if reversal.reentered:
        detail = both(
            lambda: _("le {when} : remplacé par le reçu no {number}").format(when=when, number=reversal.reentered)
        )
    return Stamp(both(lambda: _("CONTRE-PASSÉ")), detail), *duplicate(copy_number, both)


def _origin(receipt: Receipt, principal: str, both: Both) -> tuple[Pair, ...]:
    return (
        Pair(both(lambda: _("Créancier")), principal),
        Pair(both(lambda: _("Succursale")), f"{receipt.branch.name} ({receipt.branch.code})"),
        Pair(both(lambda: _("Agent")), f"{receipt.agent_name} ({receipt.agent_login})"),
    )


def _settlement(receipt: Receipt, copy: Copy, both: Both) -> tuple[Pair, ...]:
    if receipt.cheque is not None:
        return _cheque(receipt.cheque, copy, both)
    pairs = [Pair(both(lambda: _("Espèces reçues")), figure(receipt.received))]
    if receipt.rounding:
        pairs.insert(0, Pair(both(lambda: _("Arrondi")), signed(receipt.rounding)))
    if receipt.handed is not None:
        pairs.append(Pair(both(lambda: _("Montant remis")), figure(receipt.handed)))
    if receipt.change is not None:
        pairs.append(Pair(both(lambda: _("Monnaie rendue")), figure(receipt.change)))
    return tuple(pairs)


def _cheque(cheque: Cheque, copy: Copy, both: Both) -> tuple[Pair, ...]:
    bank = " ".join((cheque.institution, INSTITUTIONS.get(cheque.institution, ""))).strip()
    number = Pair(both(lambda: _("Chèque no")), cheque.number)
    dated = Pair(both(lambda: _("Date du chèque")), day(cheque.dated))
    institution = Pair(both(lambda: _("Institution")), bank)
    account = both(lambda: _("Compte bancaire"))
    if copy is Copy.CUSTOMER:
        return number, dated, institution, Pair(account, masked(cheque.account))
    return (
        number,
        dated,
        institution,
        Pair(both(lambda: _("Transit")), cheque.transit),
        Pair(account, cheque.account),
        Pair(both(lambda: _("Titulaire")), shorten(cheque.drawer, _DRAWER_MAX_CHARS, placeholder="…")),
    )


def _conditions(receipt: Receipt, both: Both) -> tuple[Wording, ...]:
    conditions = []
    if receipt.corrects:
        conditions.append(
            both(
                lambda: _("Remplace le reçu no {number}, contre-passé (inscrit par {name}).").format(
                    number=receipt.corrects, name=receipt.entered_by
                )
            )
        )
    if receipt.cheque is None:
        return tuple(conditions)
    if receipt.face_amount and receipt.shares_cheque:
        amount = money(receipt.face_amount)
        conditions.append(both(lambda: _("Chèque de {amount}, partagé entre plusieurs comptes.").format(amount=amount)))
    if receipt.post_dated:
        dated = day(receipt.cheque.dated)
        conditions.append(both(lambda: _("Chèque postdaté, à déposer à compter du {day}.").format(day=dated)))
    conditions.append(both(lambda: _("Reçu sous réserve d'encaissement.")))
    return tuple(conditions)


def _line(allocation: Allocation) -> DocumentLine:
    return DocumentLine(allocation.document_number, day(allocation.due_date), allocation.amount)


def _credit(receipt: Receipt, both: Both) -> Pair | None:
    if not receipt.unallocated:
        return None
    return Pair(both(lambda: _("Crédit au compte")), figure(receipt.unallocated))


def _balances(receipt: Receipt, both: Both) -> tuple[Pair, ...]:
    return (
        Pair(both(lambda: _("Total dû avant")), balance(receipt.total_due_before)),
        Pair(both(lambda: _("Total dû après")), balance(receipt.total_due_after)),
    )


def _notes(
    receipt: Receipt, principal: str, support_contact: str | None, copy: Copy, both: Both
) -> tuple[Wording, ...]:
    notes = []
    if receipt.snapshot_as_of is not None:
        when = moment(receipt.snapshot_as_of, receipt.branch.timezone)
        notes.append(
            both(
                lambda: _("Totaux selon les livres de {principal} au {when}, moins les paiements pris depuis.").format(
                    principal=principal, when=when
                )
            )
        )
    if copy is Copy.PRINCIPAL and support_contact:
        notes.append(both(lambda: _("Soutien aux agents : {contact}").format(contact=support_contact)))
    if copy is Copy.CUSTOMER and receipt.reversal is None:
        notes.append(both(lambda: _("Ce paiement figurera sur votre prochain relevé de compte.")))
    return tuple(notes)
