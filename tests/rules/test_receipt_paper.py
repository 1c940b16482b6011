"""The paper itself: its size, its pages, its type, and that the same receipt is the same file."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from partnernet.documents.receipt import ReceiptFormat
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.receipts import Receipt
from partnernet.i18n import in_language
from tests.support.papers import PT_PER_MM, marks, pages, printed_over
from tests.support.receipts import BY_CHEQUE, CASH, CHEQUE, OVERPAID, RICHARD, paid, printed, text, undone

LONG_NAME = ("Coopérative de transport et d'entreposage des Îles-de-la-Madeleine et du Nunavik — " * 3)[:200]
EXTREME = replace(
    undone(BY_CHEQUE, CASH.at),
    customer=replace(RICHARD, name=LONG_NAME, address_line1=LONG_NAME[:100], address_line2=LONG_NAME[:100]),
    agent_name=LONG_NAME[:100],
    cheque=replace(CHEQUE, drawer=LONG_NAME),
    post_dated=True,
)


def with_documents(count: int) -> Receipt:
    """An overpayment that paid so many documents of 1.00."""
    return replace(OVERPAID, allocations=tuple(paid(f"F-{1000 + number}", "1.00") for number in range(count)))


def test_letter_paper_is_letter_paper_with_two_copies_on_one_sheet() -> None:
    pdf = printed(CASH, paper="letter")

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert (page.mediabox.width / PT_PER_MM, page.mediabox.height / PT_PER_MM) == pytest.approx((215.9, 279.4))
    assert pages(pdf)[0].count("Reçu no MTL-000001") == 2


@pytest.mark.parametrize("receipt", [CASH, BY_CHEQUE, OVERPAID, EXTREME, with_documents(40)])
def test_the_roll_ends_four_millimetres_under_its_last_line(receipt: Receipt) -> None:
    pdf = printed(receipt, paper="roll")

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert page.mediabox.width / PT_PER_MM == pytest.approx(80, abs=0.01)
    assert min(bottom for _, bottom, _, _ in marks(pdf)) == pytest.approx(4.5, abs=1)
    assert max(top for _, _, _, top in marks(pdf)) < page.mediabox.height / PT_PER_MM - 4


@pytest.mark.parametrize("language", ["fr", "fr-en"])
@pytest.mark.parametrize("receipt", [CASH, EXTREME])
def test_nothing_leaves_the_printable_width_of_the_roll(receipt: Receipt, language: PaperLanguage) -> None:
    pdf = printed(receipt, paper="roll", language=language, copy_number=12)

    heaviest_line_mm = 0.61  # its bounds are reported that much wider
    assert min(left for left, _, _, _ in marks(pdf)) >= 4 - heaviest_line_mm
    assert max(right for _, _, right, _ in marks(pdf)) <= 76 + heaviest_line_mm


@pytest.mark.parametrize("language", ["fr", "fr-en"])
@pytest.mark.parametrize("receipt", [CASH, EXTREME, with_documents(40)])
def test_nothing_crosses_the_cut_or_is_printed_over_something_else(receipt: Receipt, language: PaperLanguage) -> None:
    pdf = printed(receipt, paper="letter", language=language, copy_number=12)

    middle_mm = 279.4 / 2
    drawn = [box for box in marks(pdf) if box[2] - box[0] < 215]  # all but the cut line
    assert all(bottom > middle_mm + 4 or top < middle_mm - 4 for _, bottom, _, top in drawn)
    assert min(bottom for _, bottom, _, _ in drawn) > 4
    struck = ["412,37 $", "412,37 $"] if receipt.reversed_at else []
    assert [text.replace("\u00a0", " ") for text in printed_over(pdf)] == struck


@pytest.mark.parametrize("paper", ["letter", "roll"])
def test_every_document_of_a_long_list_is_printed_once_on_each_copy(paper: ReceiptFormat) -> None:
    says = text(with_documents(120), paper=paper)

    copies = 2 if paper == "letter" else 1
    assert all(says.count(f"F-{1000 + number} 2026-09-14 1,00") == copies for number in range(120))
    assert says.count("Crédit au compte 40,00") == copies


def test_a_long_list_goes_on_to_numbered_pages_that_each_name_the_receipt() -> None:
    sheets = pages(printed(with_documents(120), paper="letter"))

    assert len(sheets) > 1
    for number, sheet in enumerate(sheets, start=1):
        assert sheet.count("Reçu no MTL-000001") == 2
        assert sheet.count(f"page {number} de {len(sheets)}") == 2
    assert "autres documents, pages suivantes" in sheets[0]


def test_a_list_that_fits_takes_one_page_and_speaks_of_no_other() -> None:
    (sheet,) = pages(printed(with_documents(8), paper="letter"))

    assert "autres documents" not in sheet
    assert "page 1" not in sheet


def test_a_roll_stops_before_it_is_absurd_and_says_where_the_rest_is() -> None:
    (roll,) = pages(printed(with_documents(400), paper="roll"))

    assert "et 250 autres documents, listés au format lettre 250,00" in roll


@pytest.mark.parametrize("paper", ["letter", "roll"])
def test_the_same_receipt_is_the_same_file_whoever_prints_it(paper: ReceiptFormat) -> None:
    first = printed(CASH, paper=paper, language="fr-en")

    with in_language("en"):
        second = printed(CASH, paper=paper, language="fr-en")

    assert first == second
    assert first != printed(CASH, paper=paper, language="fr-en", copy_number=2)


def test_the_file_says_its_title_and_language_and_is_dated_by_the_receipt() -> None:
    reader = PdfReader(io.BytesIO(printed(CASH)))

    assert reader.metadata is not None
    assert reader.metadata.title == "Reçu no MTL-000001"
    assert reader.metadata.creation_date == CASH.at
    assert str(reader.root_object["/Lang"]) == "fr-CA"
