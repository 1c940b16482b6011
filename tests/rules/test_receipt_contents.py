"""What a receipt says, in each format."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from partnernet.documents.receipt import ReceiptFormat
from partnernet.domain.money import parse_amount
from tests.support.receipts import BY_CHEQUE, CASH, CHEQUE, OVERPAID, copies, paid, text, undone

FORMATS: list[ReceiptFormat] = ["letter", "roll"]
both_formats = pytest.mark.parametrize("paper", FORMATS)


@both_formats
def test_it_names_who_paid_whom_where_when_and_to_whose_hands(paper: ReceiptFormat) -> None:
    says = text(CASH, paper=paper)

    for part in (
        "Reçu no MTL-000001",
        "2026-11-24 14:05",
        "Créancier",
        "BOC",
        "Montréal (MTL)",
        "Marie Tremblay (PA1234)",
        "Locations Richard",
        "1200, rue Ontario",
        "Montréal QC H2X 1Y4",
        "Compte no 000123456",
        "F-1001 2026-09-14 10,02",
    ):
        assert part in says


@both_formats
def test_cash_shows_the_rounding_what_was_handed_over_and_the_change(paper: ReceiptFormat) -> None:
    says = text(CASH, paper=paper)

    assert "Montant payé 10,02 $" in says
    assert "Arrondi -0,02" in says
    assert "Espèces reçues 10,00" in says
    assert "Montant remis 20,00" in says
    assert "Monnaie rendue 10,00" in says
    assert "encaissement" not in says


@both_formats
def test_cash_without_a_rounding_does_not_speak_of_one(paper: ReceiptFormat) -> None:
    says = text(OVERPAID, paper=paper)

    assert "Espèces reçues 100,00" in says
    assert "Arrondi" not in says
    assert "Monnaie" not in says


@both_formats
def test_an_overpayment_shows_the_credit_in_the_list_and_in_the_balance(paper: ReceiptFormat) -> None:
    says = text(OVERPAID, paper=paper)

    assert "Crédit au compte 40,00" in says
    assert "Total dû avant 60,00" in says
    assert "Total dû après 40,00 CR" in says


@both_formats
def test_a_cheque_is_accepted_subject_to_its_clearing(paper: ReceiptFormat) -> None:
    says = text(BY_CHEQUE, paper=paper)

    assert "Chèque no 000482" in says
    assert "003 RBC Banque Royale" in says
    assert "sous réserve d'encaissement" in says
    assert "postdaté" not in says
    assert "Espèces" not in says


@both_formats
def test_a_post_dated_cheque_says_from_when_it_can_be_deposited(paper: ReceiptFormat) -> None:
    post_dated = replace(BY_CHEQUE, cheque=replace(CHEQUE, dated=date(2026, 12, 15)), post_dated=True)

    says = text(post_dated, paper=paper)

    assert "Chèque postdaté, à déposer à compter du 2026-12-15." in says
    assert "sous réserve d'encaissement" in says


@both_formats
def test_a_shared_cheque_is_named_with_what_it_is_made_out_for(paper: ReceiptFormat) -> None:
    shared = replace(BY_CHEQUE, cheque_id=7, face_amount=parse_amount("500.00"))

    assert "Chèque de 500,00 $, partagé entre plusieurs comptes." in text(shared, paper=paper)


@both_formats
def test_a_cheque_for_one_account_does_not_speak_of_sharing(paper: ReceiptFormat) -> None:
    alone = replace(BY_CHEQUE, cheque_id=7, face_amount=BY_CHEQUE.amount)

    assert "partagé" not in text(alone, paper=paper)


def test_an_institution_without_a_known_name_is_printed_by_its_number() -> None:
    says = text(replace(BY_CHEQUE, cheque=replace(CHEQUE, institution="899")))

    assert "Institution 899 Compte bancaire" in says


def test_only_the_principals_copy_carries_the_whole_bank_account() -> None:
    customer, principal = copies(BY_CHEQUE)

    assert "•••• 4567" in customer
    assert "001234567" not in customer
    assert "12345 " not in customer.replace("000123456", "")
    assert "Transit 12345" in principal
    assert "Compte bancaire 001234567" in principal
    assert "Copie de BOC" in principal


def test_the_roll_is_the_customers_and_masks_the_bank_account() -> None:
    says = text(BY_CHEQUE, paper="roll")

    assert "•••• 4567" in says
    assert "001234567" not in says


def test_the_agents_support_line_is_for_the_principals_copy_only() -> None:
    customer, principal = copies(CASH)

    assert "1 800 555-0199" in principal
    assert "1 800 555-0199" not in customer
    assert "1 800 555-0199" not in text(CASH, paper="roll")


@both_formats
def test_the_first_copy_is_not_marked_and_later_ones_are_counted(paper: ReceiptFormat) -> None:
    first = text(CASH, paper=paper, copy_number=1)
    third = text(CASH, paper=paper, copy_number=3)

    assert "DUPLICATA" not in first
    assert "DUPLICATA copie no 3" in third
    assert third.count("DUPLICATA") == (2 if paper == "letter" else 1)


@both_formats
def test_a_reversed_payment_says_that_its_receipt_is_void(paper: ReceiptFormat) -> None:
    reversed_later = undone(CASH, datetime(2026, 11, 25, 15, 12, tzinfo=UTC))

    says = text(reversed_later, paper=paper)

    assert "CONTRE-PASSÉ le 2026-11-25 10:12 : ce reçu ne vaut plus paiement" in says
    assert "prochain relevé" not in says
    assert "CONTRE-PASSÉ" not in text(CASH, paper=paper)


def test_the_time_is_that_of_the_branch_even_on_the_other_side_of_midnight() -> None:
    vancouver = replace(CASH.branch, code="VAN", name="Vancouver", timezone="America/Vancouver")

    says = text(replace(CASH, branch=vancouver, at=datetime(2026, 11, 25, 6, 30, tzinfo=UTC)))

    assert "2026-11-24 22:30" in says
    assert "2026-11-25" not in says


def test_the_balance_names_the_import_that_it_rests_on_when_there_is_one() -> None:
    assert "Totaux selon les livres de BOC au 2026-11-23 18:00" in text(CASH)
    assert "Totaux selon" not in text(replace(CASH, snapshot_as_of=None))


@both_formats
def test_the_largest_amount_is_printed_whole(paper: ReceiptFormat) -> None:
    most = parse_amount("9 999 999,99")
    largest = replace(
        BY_CHEQUE, amount=most, received=most, allocations=(paid("F-1", "9 999 999,99"),), total_due_before=most
    )

    says = text(largest, paper=paper)

    assert "Montant payé 9 999 999,99 $" in says
    assert "F-1 2026-09-14 9 999 999,99" in says
    assert "Total dû avant 9 999 999,99" in says


@both_formats
def test_the_bilingual_receipt_says_each_thing_in_french_first_and_the_french_one_has_no_english(
    paper: ReceiptFormat,
) -> None:
    french = text(CASH, paper=paper, language="fr")
    bilingual = text(CASH, paper=paper, language="fr-en", copy_number=2)

    assert "Espèces reçues / Cash received 10,00" in bilingual
    assert "DUPLICATA / DUPLICATE" in bilingual
    assert bilingual.index("Reçu no MTL-000001") < bilingual.index("Receipt No. MTL-000001")
    assert "10,02 $" in bilingual
    assert "$10.02" not in bilingual
    assert "Receipt" not in french
    assert "Cash" not in french
