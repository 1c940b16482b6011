"""What a till report says of payments that were entered again in place of reversed ones."""

from __future__ import annotations

from dataclasses import replace

from partnernet.domain.reversals import WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import TillReport, TillSums
from tests.support.papers import pages
from tests.support.tills import WORKED_DAY, blind, printed_report, reentry, report, reversal


def text(seen: TillReport) -> str:
    """Everything the report says."""
    return " ".join(pages(printed_report(seen)))


def test_what_was_entered_again_is_listed_with_what_it_moved_and_named_beside_its_reversal() -> None:
    again = reentry(907, "60.00")
    was_a_cheque = reversal(900, "60.00", where=WhereIsTheMoney.KEPT, reentry=again)

    says = text(report(reversals=(was_a_cheque,)))

    assert "Réinscrit au reçu no MTL-000907 : 60,00 $ -60,00 -60,00" in says
    assert "Réinscriptions Reçu Au lieu du reçu Client Chèques Dû à BOC" in says
    assert "MTL-000907 MTL-000900 000100901 L'Œuvre des Sœurs Chèque · 60,00 $ 60,00 60,00" in says
    assert "Total, 1 réinscription 60,00 60,00" in says


def test_a_payment_moved_to_another_account_moves_nothing_and_has_no_column() -> None:
    nothing = TillSums()
    again = reentry(907, "60.00", tender=Tender.CASH, cheque_id=None, cheque_number="", moved=nothing)
    moved = reversal(900, "60.00", where=WhereIsTheMoney.KEPT, moved=nothing, reentry=again)

    says = text(report(reversals=(moved,)))

    assert "Contre-passations Reçu Contre-passé le Client MTL-000900" in says
    assert "Au lieu du reçu Client MTL-000907 MTL-000900" in says
    assert "contre-passation 0,00" not in says


def test_while_the_agent_counts_cash_that_was_a_cheque_before_or_after_is_hidden_beside_its_reversal() -> None:
    again = reentry(907, "62.00", tender=Tender.CASH, cheque_id=None, cheque_number="")
    was_cash = reversal(901, "62.00", tender=Tender.CHEQUE, where=WhereIsTheMoney.KEPT, reentry=again)

    says = text(blind(replace(WORKED_DAY, reversals=(was_cash,))))

    assert "Réinscrit au reçu no MTL-000907 : ••••" in says
    assert "62,00" not in says
