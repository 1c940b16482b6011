"""The sheets of till reports and deposit slips: nothing lost, doubled, overprinted or outside, sums carried over."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from pypdf import PdfReader

from partnernet.documents.paper import Face, Paper
from partnernet.documents.wording import PaperLanguage
from partnernet.domain.deposits import Deposit
from partnernet.domain.money import Money
from partnernet.domain.pieces import Pieces
from partnernet.domain.reconciliations import ReconciliationState
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import MovementKind, TillReport, TillSums
from partnernet.i18n import in_language
from partnernet.i18n.formats import figure
from tests.support.deposits import MADE_AT, TWO_BAGS, bag, cheque, deposit, printed_slip
from tests.support.papers import marks, pages, printed_over
from tests.support.tills import (
    AT,
    COUNT,
    OPENED_AT,
    POST_DATED,
    SUBMISSION,
    SUBMITTED_DAY,
    WORKED_DAY,
    blind,
    movement,
    payment,
    printed_report,
    report,
    reversal,
    submitted,
    sum_of,
    voucher,
)

LONG_NAME = ("Coopérative de transport et d'entreposage des Îles-de-la-Madeleine et du Nunavik — " * 3)[:200]
MOST = "9 999 999.99"

MANY = tuple(
    payment(number, f"{number}.{number % 20 * 5:02}", Tender.CHEQUE if number % 3 else Tender.CASH)
    for number in range(1, 121)
)
LONG_REPORT = report(MANY)
EXTREME_REPORT = replace(
    report(
        tuple(
            payment(
                number,
                MOST,
                tender,
                customer_name=LONG_NAME,
                cheque_number="123456789012",
                at=OPENED_AT - timedelta(days=number),
                reversed=number == 3,
            )
            for number in range(1, 9)
            for tender in Tender
        ),
        (voucher("50.00", payee=LONG_NAME[:100], purpose=LONG_NAME, receipt_kept=False),),
        (replace(POST_DATED, drawer=LONG_NAME, institution="016", amount=Money(999_999_999)),),
        tuple(
            reversal(
                number,
                MOST,
                customer_name=LONG_NAME,
                by_name=LONG_NAME[:100],
                moved=TillSums(*(Money(-999_999_999),) * 5),
            )
            for number in (3, 900)
        ),
        tuple(
            movement(kind, cash=f"-{MOST}", cheques=MOST, bags=f"-{MOST}", float_present=f"-{MOST}")
            for kind in MovementKind
            for _ in range(3)
        ),
    ),
    agent_name=LONG_NAME[:100],
)
EXTREME_SUBMISSION = submitted(
    EXTREME_REPORT,
    replace(
        SUBMISSION,
        number=999_999,
        note=(LONG_NAME * 3)[:500],
        count=replace(COUNT, pieces=Pieces((100_000,) * 10), counted=Money(999_999_999), blind=False, number=12),
        recounts=tuple(replace(COUNT, number=number) for number in range(1, 12)),
        bag=replace(SUBMISSION.bag, pieces=Pieces((99_999,) * 10), number=999_999),
        state=ReconciliationState.RETURNED,
        decided_at=AT,
        decided_by=LONG_NAME[:100],
        decision_note=(LONG_NAME * 3)[:500],
    ),
    since=EXTREME_REPORT.reversals,
    later=(movement(MovementKind.REOPENED, cash=MOST),),
)
SIXTY_CHEQUES = deposit(bag(40, Pieces((0,) * 10), *(cheque(number, f"{number}.00") for number in range(1, 61))))
EXTREME_DEPOSIT = deposit(
    bag(
        999_999,
        Pieces((100_000,) * 10),
        *(cheque(number, MOST, drawer=LONG_NAME, institution="016", number="123456789012") for number in range(1, 41)),
    ),
    *(bag(number, Pieces((0,) * 10)) for number in range(1000, 1030)),
    account=LONG_NAME[:60],
    made_by=LONG_NAME[:100],
    bank_reference="R" * 40,
    settled_at=MADE_AT,
)


def printed(paper: TillReport | Deposit, *, language: PaperLanguage = "fr", copy_number: int = 1) -> bytes:
    """The PDF of either."""
    if isinstance(paper, TillReport):
        return printed_report(paper, language=language, copy_number=copy_number)
    return printed_slip(paper, language=language, copy_number=copy_number)


@pytest.mark.parametrize("language", ["fr", "fr-en"])
@pytest.mark.parametrize("copy_number", [1, 12])
@pytest.mark.parametrize(
    ("paper", "struck"),
    [
        pytest.param(report(), 0, id="empty report"),
        pytest.param(WORKED_DAY, 1, id="worked day"),
        pytest.param(blind(WORKED_DAY), 0, id="blind report"),
        pytest.param(SUBMITTED_DAY, 1, id="submitted day"),
        pytest.param(LONG_REPORT, 0, id="120 payments"),
        pytest.param(EXTREME_REPORT, 0, id="extreme report"),
        pytest.param(EXTREME_SUBMISSION, 0, id="extreme submission"),
        pytest.param(TWO_BAGS, 0, id="two bags"),
        pytest.param(SIXTY_CHEQUES, 0, id="60 cheques"),
        pytest.param(EXTREME_DEPOSIT, 0, id="extreme deposit"),
    ],
)
def test_nothing_is_printed_over_something_else_or_leaves_the_margins(
    paper: TillReport | Deposit, struck: int, copy_number: int, language: PaperLanguage
) -> None:
    pdf = printed(paper, language=language, copy_number=copy_number)

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


@pytest.mark.parametrize("paper", [LONG_REPORT, SIXTY_CHEQUES, EXTREME_DEPOSIT])
def test_what_a_sheet_carries_forward_the_next_one_brings(paper: TillReport | Deposit) -> None:
    sheets = pages(printed(paper))

    sums = r"((?:\d[\d ]*,\d\d ?)+)"
    carried = [re.findall(f"À reporter {sums}", sheet) for sheet in sheets]
    brought = [re.findall(f" Report {sums}", sheet) for sheet in sheets]
    assert any(carried)
    for over_leaf, next_sheet in zip(carried, brought[1:], strict=False):
        assert [row.strip() for row in over_leaf] == [row.strip() for row in next_sheet]


def test_the_sums_carried_are_those_of_the_rows_above_them() -> None:
    first, *_others = pages(printed(SIXTY_CHEQUES))

    rows = [int(number) for number in re.findall(r"Locations Richard inc\. 2026-11-24 (\d+),00", first)]
    assert rows == list(range(1, len(rows) + 1))
    assert f"À reporter {sum(rows)},00" in first


def test_every_payment_of_a_long_report_is_printed_once_and_the_last_sheet_is_signed() -> None:
    sheets = pages(printed(LONG_REPORT))

    says = " ".join(sheets)
    assert all(says.count(f"MTL-{number:06} ") == 1 for number in range(1, 121))
    by_cheque, by_cash = (sum_of(MANY, tender) for tender in Tender)
    assert f"Total, 120 paiements {figure(by_cheque)} {figure(by_cash)} 0,00".replace("\u00a0", " ") in says
    assert ["signature" in sheet for sheet in sheets] == [False] * (len(sheets) - 1) + [True]


def test_each_sheet_of_a_report_names_its_agent_its_number_and_the_chain_anchor_and_is_marked() -> None:
    sheets = pages(printed(submitted(LONG_REPORT), copy_number=2))

    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, start=1):
        assert "Marie Tremblay (PA1234)" in sheet
        assert f"page {number} de {len(sheets)}" in sheet
        assert "écriture no 48213" in sheet
        assert "DUPLICATA copie no 2" in sheet


def test_a_blind_report_carries_nothing_over() -> None:
    says = " ".join(pages(printed(blind(LONG_REPORT))))

    assert "À reporter" not in says
    assert "Total" not in says
    assert "MTL-000120" in says


def test_a_slip_is_two_whole_copies_each_numbered_for_itself() -> None:
    sheets = pages(printed(SIXTY_CHEQUES))

    half = len(sheets) // 2
    assert half > 1
    bank, branch = sheets[:half], sheets[half:]
    for copy, kept_by in ((bank, "Copie de la banque"), (branch, "Copie de la succursale")):
        assert [f"page {number} de {half}" in sheet for number, sheet in enumerate(copy, start=1)] == [True] * half
        assert all(kept_by in sheet for sheet in copy)
        assert all(" ".join(copy).count(f" {481 + number:06} ") == 1 for number in range(1, 61))
    assert [sheet.replace("Copie de la succursale", "Copie de la banque") for sheet in branch] == bank


def test_a_name_wider_than_its_column_is_broken_after_a_hyphen() -> None:
    paper, face = Paper(title="", at=AT), Face(11, bold=True)

    lines = paper.wrap("de L'Assomption-sur-le-Lac, comté", face, paper.width("L'Assomption-sur-le-Lac", face))

    assert lines == ["de", "L'Assomption-sur-le-", "Lac, comté"]


@pytest.mark.parametrize("paper", [WORKED_DAY, SUBMITTED_DAY, TWO_BAGS])
def test_the_same_paper_is_the_same_file_whoever_prints_it(paper: TillReport | Deposit) -> None:
    first = printed(paper, language="fr-en")

    with in_language("en"):
        second = printed(paper, language="fr-en")

    assert first == second


@pytest.mark.parametrize(
    ("paper", "title", "at"),
    [
        (WORKED_DAY, "Rapport de caisse en cours PA1234", AT),
        (SUBMITTED_DAY, "Rapport de caisse no 9 PA1234", SUBMISSION.submitted_at),
        (TWO_BAGS, "Bordereau de dépôt no 12", MADE_AT),
    ],
)
def test_the_file_says_its_title_and_is_dated_by_what_it_reports(
    paper: TillReport | Deposit, title: str, at: object
) -> None:
    metadata = PdfReader(io.BytesIO(printed(paper))).metadata

    assert metadata is not None
    assert metadata.title == title
    assert metadata.creation_date == at
