"""The reversal slip: what was undone, why, by whom, and what replaces it; and what the receipts say afterwards."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from pypdf import PdfReader

from partnernet.documents.wording import PaperLanguage
from partnernet.domain.corrections import Correction
from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.i18n import in_language
from tests.support.corrections import REVERSED_AT, moved, printed_slip, sharing, slip_words, undone_alone
from tests.support.papers import marks, pages, printed_over
from tests.support.receipts import BY_CHEQUE, CASH, RICHARD, text

LONG_NAME = ("Coopérative de transport et d'entreposage des Îles-de-la-Madeleine et du Nunavik — " * 3)[:200]
LONG_PAYMENT = replace(
    BY_CHEQUE, amount=Money(999_999_999), agent_name=LONG_NAME[:100], customer=replace(RICHARD, name=LONG_NAME)
)
HANDED_BACK = undone_alone(CASH, ReversalReason.DUPLICATE, WhereIsTheMoney.HANDED_BACK)
RETURNED = undone_alone(BY_CHEQUE, ReversalReason.RETURNED_CHEQUE, WhereIsTheMoney.RETURNED_BY_BANK)


def extreme() -> Correction:
    """Everything as long as it can be."""
    correction = moved(LONG_PAYMENT)
    reversal = replace(correction.reversal, note=(LONG_NAME * 3)[:500], by_name=LONG_NAME[:100])
    new = replace(LONG_PAYMENT, number="MTL-000013", corrects=BY_CHEQUE.number, entered_by=LONG_NAME[:100])
    return replace(correction, reversal=reversal, reentered=new)


def test_a_slip_names_the_receipt_the_reason_the_money_the_note_and_the_supervisor() -> None:
    says = slip_words(HANDED_BACK)

    assert "Contre-passation du reçu no MTL-000001 2026-11-24 15:12" in says
    assert "Raison Paiement pris deux fois" in says
    assert "Où est l'argent Remis au client" in says
    assert "Note Le client voisin dans la liste." in says
    assert "Contre-passé par" in says
    assert "Anne Lavoie (SU1000)" in says
    assert "Montant contre-passé 10,02 $" in says
    assert "Le reçu no MTL-000001 ne vaut plus paiement" in says
    assert "Inscrit à la place" not in says


def test_a_payment_entered_again_shows_both_receipts_side_by_side() -> None:
    says = slip_words(moved())

    assert "Locations Richard Compte no 000123456" in says
    assert "L'Œuvre des Sœurs Compte no 000987654" in says
    assert "Inscrit à la place Reçu no MTL-000013" in says
    assert "Le reçu no MTL-000013 le remplace." in says


def test_a_cheque_shows_its_bank_account_by_its_last_four_digits_only() -> None:
    says = slip_words(moved())

    assert says.count("•••• 4567") == 2
    assert "001234567" not in says


def test_a_customer_signs_only_for_what_is_handed_back() -> None:
    assert "Client, pour ce qui lui est remis" in slip_words(HANDED_BACK)
    for correction in (moved(), RETURNED):
        says = slip_words(correction)
        assert "Superviseur, signature" in says
        assert "Agent, signature" in says
        assert "Client, pour" not in says


@pytest.mark.parametrize("count", [2, 50])
def test_every_receipt_of_a_shared_sheet_is_listed_once_with_what_they_come_to(count: int) -> None:
    correction = sharing(count)

    says = slip_words(correction)

    assert all(says.count(f"{receipt.number} 000123456") == 1 for receipt in correction.receipts)
    assert f"Total, {count} reçus" in says
    assert f"Ces {count} reçus ne valent plus paiement" in says


def test_a_list_on_several_sheets_is_signed_on_the_last_and_numbered() -> None:
    sheets = pages(printed_slip(sharing(50)))

    assert len(sheets) > 1
    assert ["Superviseur, signature" in sheet for sheet in sheets] == [False] * (len(sheets) - 1) + [True]
    assert [f"page {number} de {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1)] == [True] * len(
        sheets
    )


@pytest.mark.parametrize("language", ["fr", "fr-en"])
@pytest.mark.parametrize(
    ("correction", "struck"),
    [
        pytest.param(moved(), 1, id="entered again"),
        pytest.param(HANDED_BACK, 1, id="handed back"),
        pytest.param(RETURNED, 1, id="returned"),
        pytest.param(sharing(50), 50, id="50 receipts"),
        pytest.param(extreme(), 1, id="extreme"),
    ],
)
def test_nothing_is_printed_over_something_else_or_leaves_the_margins(
    correction: Correction, struck: int, language: PaperLanguage
) -> None:
    pdf = printed_slip(correction, language)

    heaviest_line_mm = 0.61  # its bounds are reported that much wider
    over = []
    for page in range(len(pypdfium2.PdfDocument(pdf))):
        drawn = marks(pdf, page)
        assert min(left for left, _, _, _ in drawn) >= 16 - heaviest_line_mm
        assert max(right for _, _, right, _ in drawn) <= 215.9 - 16 + heaviest_line_mm
        assert min(bottom for _, bottom, _, _ in drawn) >= 11 - heaviest_line_mm
        assert max(top for _, _, _, top in drawn) <= 279.4 - 13
        over += printed_over(pdf, page)
    assert len(over) == struck


def test_a_slip_in_both_languages_says_everything_twice_and_is_the_same_file_whoever_prints_it() -> None:
    first = printed_slip(moved(), "fr-en")

    with in_language("en"):
        second = printed_slip(moved(), "fr-en")

    assert first == second
    says = " ".join(pages(first))
    for english in ("Wrong customer", "Kept: only the entry is wrong", "Entered in its place", "Supervisor, signature"):
        assert english in says


def test_the_file_says_its_title_and_is_dated_by_the_reversal() -> None:
    metadata = PdfReader(io.BytesIO(printed_slip(moved()))).metadata

    assert metadata is not None
    assert metadata.title == "Contre-passation du reçu no MTL-000001"
    assert metadata.creation_date == REVERSED_AT


# --- the receipts themselves, printed afterwards ----------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["letter", "roll"])
def test_a_receipt_that_was_replaced_says_by_which_one(paper: str) -> None:
    (old,) = moved().receipts

    says = text(old, paper=paper, copy_number=2)

    assert "CONTRE-PASSÉ le 2026-11-24 15:12 : remplacé par le reçu no MTL-000013" in says
    assert "DUPLICATA copie no 2" in says
    assert "prochain relevé" not in says


@pytest.mark.parametrize("paper", ["letter", "roll"])
def test_a_receipt_entered_again_says_what_it_replaces_who_wrote_it_and_who_took_the_money(paper: str) -> None:
    new = moved().reentered
    assert new is not None

    says = text(new, paper=paper)

    assert "Remplace le reçu no MTL-000001, contre-passé (inscrit par Anne Lavoie)." in says
    assert "Marie Tremblay (PA1234)" in says
    assert "CONTRE-PASSÉ" not in says


def test_cash_entered_again_says_so_too() -> None:
    new = moved(CASH).reentered
    assert new is not None

    assert "Remplace le reçu no MTL-000001" in text(new)
