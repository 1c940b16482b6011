"""The sheets of a statement: every line once, balances carried over, nothing outside, French first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.statements import Statement
from partnernet.i18n import in_language
from partnernet.i18n.formats import figure
from tests.support.papers import marks, pages, printed_over
from tests.support.statements import (
    WHO,
    a_statement,
    credit_note,
    invoice,
    other_ways,
    payment,
    printed_statement,
    reversal,
)

LONG_NAME = ("Coopérative de transport et d'entreposage des Îles-de-la-Madeleine et du Nunavik — " * 3)[:200]
MOST = "9999999.99"
DUES = [date(2026, 11, 24) - timedelta(days=days) for days in (-16, 4, 35, 75, 207)]

SHORT = a_statement(
    [
        invoice("F-1041", "250.00", day=8),
        payment(12, "120.00", day=10, cheque="000123"),
        payment(13, "80.00", day=12),
        reversal(12, "120.00", day=14),
        other_ways("-30.00", day=15),
        credit_note("NC-88", "12.34", day=15),
        payment(19, "100.00", day=20, cheque="000456", dated=date(2026, 12, 15), corrects="MTL-000013"),
    ],
    opening="412.37",
    dues=DUES,
    snapshots=3,
    unchanged=4,
)
MANY = a_statement(
    [
        invoice(f"F-{n:05d}", f"{n}.{n % 100:02d}", day=1 + n * 23 // 300)
        if n % 3
        else payment(n, f"{n // 2}.05", day=1 + n * 23 // 300, cheque="000123" if n % 2 else "")
        for n in range(1, 301)
    ],
    opening="1234.56",
    dues=DUES,
    snapshots=24,
)
EXTREME = a_statement(
    [
        invoice("D" * 40, MOST, due=date(2026, 1, 1)),
        credit_note("=1+1<b>" + "W" * 33, MOST),
        payment(999_999, MOST, cheque="123456789012", dated=date(2027, 12, 31), corrects="MTL-999999"),
        reversal(999_999, MOST, reason=ReversalReason.WRONG_TENDER),
        *(other_ways(sign + MOST) for sign in ("", "-") for _ in range(30)),
        payment(7, "0.01"),
    ],
    opening=f"-{MOST}",
    who=replace(WHO, name=LONG_NAME, address_line1=LONG_NAME, address_line2="<b>", city="St-Jérôme", number="W" * 20),
    snapshots=400,
    unchanged=1,
)
EMPTY = a_statement([], opening="412.37", dues=DUES)
IN_CREDIT = a_statement([payment(12, "100.00")], opening="60.00")


def french(amount: Money) -> str:
    with in_language("fr"):
        return figure(amount).replace("\u00a0", " ")


def words(statement: Statement) -> str:
    return " ".join(pages(printed_statement(statement)))


def test_a_short_statement_says_everything_on_one_sheet() -> None:
    (sheet,) = pages(printed_statement(SHORT))

    for said in (
        "Relevé de compte", "2026-11-01 – 2026-11-24", "Créancier", "BOC Canada Limitée", "100001",
        "Locations Richard inc.", "1200, rue Ontario Est", "bureau 300", "Montréal QC H2X 1Y4",
        "2026-11-01 Solde d'ouverture 412,37",
        "2026-11-08 Facture du 2026-11-06, échéance 2026-12-10 F-1041 250,00 662,37",
        "2026-11-10 Paiement par chèque no 000123 MTL-000012 120,00 542,37",
        "2026-11-12 Paiement en espèces MTL-000013 80,00 462,37",
        "2026-11-14 Contre-passation : chèque retourné MTL-000012 120,00 582,37",
        "2026-11-15 Règlements et ajustements chez BOC Canada Limitée 30,00 552,37",
        "2026-11-15 Note de crédit du 2026-11-15 NC-88 12,34 540,03",
        "2026-11-20 Paiement par chèque no 000456", "MTL-000019 100,00 440,03",
        "réinscrit à la place du reçu no MTL-000013",
        "postdaté au 2026-12-15, sous réserve d'encaissement",
        "Solde de clôture au 2026-11-24 14:05 370,00 342,34 440,03",
        "Chèques postdatés déjà déduits, sous réserve d'encaissement 100,00 $",
        "2026-11-01 18:00 2026-11-02 18:00 2026-11-03 18:00",
        "4 autres imports de la période n'ont rien changé à ce compte.",
        "page 1 de 1",
    ):  # fmt: skip
        assert said in sheet


def test_the_bands_of_age_stand_beside_the_total() -> None:
    sheet = words(SHORT)

    assert "Courant" in sheet
    assert "91 jours et plus" in sheet
    assert [french(aged.amount) in sheet for aged in SHORT.aging.bands] == [True] * 5
    assert "dont en souffrance 352,00" in sheet


def test_a_long_statement_has_every_line_once_and_carries_its_balances() -> None:
    sheets = pages(printed_statement(MANY))
    balance = MANY.opening
    carried = []
    for line in MANY.lines:
        balance += line.change
        carried.append(french(balance))

    text = " ".join(sheets)

    assert len(sheets) > 5
    for number in range(1, 301):
        reference = f"F-{number:05d}" if number % 3 else f"MTL-{number:06d}"
        assert text.count(reference) == 1, reference
    for sheet, following in pairwise(sheets):
        left = sheet.split("À reporter ")[1].split(" BOC")[0]
        assert f"Report {left}" in following
        assert any(left.endswith(each) for each in carried)
    assert "À reporter" not in sheets[-1]
    assert [f"page {number} de {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1)] == [True] * len(
        sheets
    )


def test_the_first_sheet_of_a_long_statement_has_lines_and_the_last_has_the_closing_balance() -> None:
    sheets = pages(printed_statement(MANY))

    assert "F-00001" in sheets[0]
    assert "Solde de clôture au 2026-11-24 14:05" in sheets[-1]
    assert "MTL-000300" in sheets[-1], "the closing balance must NOT stand on a sheet without a line"
    assert "Âge du solde" in sheets[-1]


def test_a_period_without_movement_says_so() -> None:
    sheet = words(EMPTY)

    assert "Aucun mouvement dans la période." in sheet
    assert "Solde de clôture au 2026-11-24 14:05 0,00 0,00 412,37" in sheet


def test_an_account_in_credit_is_marked_and_has_no_age() -> None:
    sheet = words(IN_CREDIT)

    assert "40,00 CR" in sheet
    assert "Rien n'est dû à cette date." in sheet
    assert "Âge du solde" not in sheet
    assert "en souffrance" not in sheet


def test_a_day_that_is_over_closes_on_its_date() -> None:
    past = a_statement([payment(12, "100.00")], opening="160.00", end=date(2026, 11, 20))

    assert "Solde de clôture au 2026-11-20 " in words(past)


def test_english_stands_beside_french_and_never_before_it() -> None:
    (sheet,) = pages(printed_statement(SHORT, language="fr-en"))

    for french_words, english in (
        ("Relevé de compte", "Statement of account"),
        ("Solde d'ouverture", "Opening balance"),
        ("Règlements et ajustements chez BOC Canada Limitée", "Settlements and adjustments at BOC Canada Limitée"),
        ("sous réserve d'encaissement", "subject to clearing"),
    ):
        assert sheet.index(french_words) < sheet.index(english)


def test_a_statement_in_french_has_no_english() -> None:
    assert "Statement" not in words(SHORT)
    assert "Balance" not in words(SHORT)


def test_the_address_stands_where_the_window_of_an_envelope_is() -> None:
    """A No. 10 envelope, the sheet folded in three: at least 22 mm from the left, 47 to 85 mm from the top."""
    document = printed_statement(SHORT)
    boxes = [box for box in marks(document) if box[0] > 22 and box[2] < 110 and 279.4 - 80 < box[3] < 279.4 - 45]

    assert len(boxes) >= 4, "the name and three lines of the address"


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert printed_statement(SHORT) == printed_statement(SHORT)


@pytest.mark.parametrize("language", ["fr", "fr-en"])
@pytest.mark.parametrize("statement", [SHORT, MANY, EXTREME, EMPTY, IN_CREDIT])
def test_nothing_is_printed_over_or_outside_the_sheet(statement: Statement, language: str) -> None:
    document = printed_statement(statement, language=language)  # type: ignore[arg-type]

    for number in range(len(pages(document))):
        assert printed_over(document, number) == []
        for left, bottom, right, top in marks(document, number):
            assert left >= 15
            assert right <= 215.9 - 15
            assert bottom >= 10
            assert top <= 279.4 - 12


def test_a_hostile_name_is_printed_as_it_is() -> None:
    text = words(EXTREME)

    assert "<b>" in text
    assert "=1+1" in text


def test_what_does_not_add_up_is_not_printed() -> None:
    with pytest.raises(ArithmeticError):
        replace(SHORT, opening=SHORT.opening + Money(1))
