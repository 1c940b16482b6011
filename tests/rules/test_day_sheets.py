"""The day's list as sheets: one row per payment, totals apart, names that say branch and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from partnernet.domain.agents import Branch
from partnernet.domain.money import ZERO, Money
from partnernet.domain.receipts import DayPayment, DayPayments, day_totals
from partnernet.domain.tenders import Tender
from partnernet.i18n import in_language
from partnernet.web.day_chart import counts_by_hour
from partnernet.web.day_sheets import file_stem, payments_sheet, totals_sheet
from tests.support.requests import money

MONTREAL = Branch(1, "MTL", "Montréal", "America/Toronto", money("200.00"))


def payment(number: int, amount: str, at: datetime, *, cheque: str = "", reversed_: bool = False) -> DayPayment:
    """By cheque when it has a number, in cash otherwise; cash is rounded to five cents."""
    exact = money(amount)
    received = exact if cheque else Money((exact.cents + 2) // 5 * 5)
    return DayPayment(
        receipt_number=f"MTL-{number:06d}",
        at=at,
        customer_number="00012345",
        customer_name="=1+1",
        tender=Tender.CHEQUE if cheque else Tender.CASH,
        amount=exact,
        received=received,
        cheque_number=cheque,
        agent_login="PA1234",
        agent_name="Marie Tremblay",
        post_dated=bool(cheque),
        reversed=reversed_,
    )


def a_day(counting: tuple[str, ...] = ()) -> DayPayments:
    """10.02 in cash at 8:59 in Montréal, a post-dated cheque of 412.37 at 9:00, and 60.00 reversed."""
    return day_totals(
        MONTREAL,
        date(2026, 11, 24),
        (
            payment(1, "10.02", datetime(2026, 11, 24, 13, 59, 58, tzinfo=UTC)),
            payment(2, "412.37", datetime(2026, 11, 24, 14, 0, tzinfo=UTC), cheque="000123"),
            payment(3, "60.00", datetime(2026, 11, 24, 23, 30, tzinfo=UTC), reversed_=True),
        ),
        counting,
    )


def test_each_payment_is_a_row_of_typed_cells_in_the_branch_s_time() -> None:
    rows = payments_sheet(a_day()).rows

    assert [row[1] for row in rows] == ["MTL-000001", "MTL-000002", "MTL-000003"], "a total must NOT be among them"
    assert rows[0][:7] == (
        date(2026, 11, 24), "MTL-000001", time(8, 59), "00012345", "=1+1", "Espèces", money("10.02"),
    )  # fmt: skip
    assert rows[0][7] == money("-0.02")
    assert rows[1][8:] == ("000123", "PA1234", "Marie Tremblay", "postdaté")
    assert rows[2][-1] == "contre-passé"


def test_totals_stand_in_a_sheet_of_their_own_without_what_was_reversed() -> None:
    assert totals_sheet(a_day()).rows == (
        ("Type", "Chèque", 1, money("412.37")),
        ("Type", "Espèces", 1, money("10.02")),
        ("Agent", "PA1234 Marie Tremblay", 2, money("422.39")),
        ("Total", "Montants crédités", 2, money("422.39")),
        ("Total", "Arrondi", 2, money("-0.02")),
    )


def test_cash_that_is_being_counted_is_hidden_in_both_sheets() -> None:
    counted = a_day(counting=("PA1234",))

    assert [row[6:8] for row in payments_sheet(counted).rows] == [
        ("masqué", "masqué"),
        (money("412.37"), ZERO),
        ("masqué", "masqué"),
    ]
    assert totals_sheet(counted).rows == (
        ("Type", "Chèque", 1, money("412.37")),
        ("Type", "Espèces", 1, "masqué"),
        ("Agent", "PA1234 Marie Tremblay", 2, "masqué"),
        ("Total", "Montants crédités", 2, "masqué"),
        ("Total", "Arrondi", 2, "masqué"),
    )


def test_the_names_of_sheets_and_files_say_branch_and_day() -> None:
    assert payments_sheet(a_day()).name == "Paiements MTL 2026-11-24"
    assert totals_sheet(a_day()).name == "Totaux MTL 2026-11-24"
    assert file_stem(a_day()) == "paiements-MTL-2026-11-24"
    assert file_stem(a_day(), only_of="PA1234") == "paiements-MTL-PA1234-2026-11-24"


def test_headings_and_figures_are_in_the_language_in_force() -> None:
    with in_language("en"):
        english = payments_sheet(a_day())

    assert english.language == "en"
    assert {"Receipt", "Amount"} <= set(english.headings)


def test_the_hours_of_the_chart_run_without_a_gap_and_leave_out_what_was_reversed() -> None:
    counts = counts_by_hour(a_day())

    assert [hour for hour, tender, _count in counts if tender == "Chèque"] == [f"{hour} h" for hour in range(8, 17)]
    assert ("8 h", "Espèces", 1) in counts
    assert ("9 h", "Chèque", 1) in counts
    assert sum(count for _hour, _tender, count in counts) == 2
