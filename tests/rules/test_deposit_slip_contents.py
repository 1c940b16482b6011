"""What the deposit slip says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from partnernet.domain.deposit_slip import WithdrawnCheque
from partnernet.domain.deposits import Deposit
from partnernet.domain.pieces import NO_PIECES, pieces
from tests.support.deposits import MADE_AT, TWO_BAGS, bag, cheque, deposit, printed_slip
from tests.support.papers import pages


def text(made: Deposit, *withdrawn: WithdrawnCheque, **how: object) -> str:
    """What the bank's copy says."""
    sheets = pages(printed_slip(made, *withdrawn, **how))  # type: ignore[arg-type]
    return " ".join(sheets[: len(sheets) // 2])


def test_it_says_whose_money_goes_to_which_account_from_whom_in_which_bags() -> None:
    says = text(TWO_BAGS)

    for part in (
        "Bordereau de dépôt no 12 2026-11-25 09:10",
        "Au crédit de BOC",
        "Compte de dépôt 815-30001-1234567",
        "Déposant Montréal (MTL)",
        "Sacs scellés 41, 42",
        "Préparé par, initiales Luc Gagnon",
        "Vérifié par, initiales",
        "Timbre et initiales de la banque",
    ):
        assert part in says


def test_the_cash_of_all_bags_is_added_by_denomination_and_none_is_left_blank() -> None:
    says = text(TWO_BAGS)

    assert "5 ¢ 1 0,05 10 ¢ – – 25 ¢ – – 1 $ 1 1,00 2 $ 2 4,00 Total 5,05" in says
    assert "5 $ 1 5,00 10 $ 3 30,00 20 $ 1 20,00 50 $ – – 100 $ 1 100,00 Total 155,00" in says


def test_cash_and_cheques_make_the_total() -> None:
    says = text(TWO_BAGS)

    assert "Espèces 160,05 Chèques (1) 412,37 Total du dépôt 572,42 $" in says


def test_each_cheque_is_listed_with_its_number_bank_account_drawer_date_and_amount() -> None:
    two = deposit(
        bag(41, NO_PIECES, cheque(1, "412.37"), cheque(2, "1 000.00", institution="899", drawer="Gaz & Fils"))
    )

    says = text(two)

    assert "1 000482 12345 003 RBC Banque Royale •••• 4567 Locations Richard inc. 2026-11-24 412,37" in says
    assert "2 000483 12345 899 •••• 4567 Gaz & Fils 2026-11-24 1 000,00" in says
    assert "Total, 2 chèques 1 412,37" in says
    assert "001234567" not in says, "an account is masked but for its last four digits"


def test_a_deposit_of_cash_alone_says_that_it_has_no_cheque() -> None:
    says = text(deposit(bag(41, pieces({2000: 3}))))

    assert "Aucun chèque." in says
    assert "Chèques (0) 0,00" in says
    assert "Total du dépôt 60,00 $" in says


def test_the_reference_is_a_line_to_fill_in_until_the_bank_has_given_it() -> None:
    settled = replace(TWO_BAGS, bank_reference="DEP-0042", settled_at=MADE_AT)

    assert "Référence de la banque" in text(TWO_BAGS)
    assert "inscrite" not in text(TWO_BAGS)
    assert "DEP-0042 Référence de la banque, inscrite le 2026-11-25 09:10" in text(settled)


def test_an_account_that_is_not_set_yet_is_a_line_to_fill_in() -> None:
    assert "Compte de dépôt ________" in text(replace(TWO_BAGS, account=""))
    assert "____" not in text(TWO_BAGS)


def test_the_first_copy_is_not_marked_and_later_ones_are_counted() -> None:
    assert "DUPLICATA" not in text(TWO_BAGS)
    assert text(TWO_BAGS, copy_number=4).count("DUPLICATA copie no 4") == 1


def test_a_slip_that_changed_after_its_first_print_says_what_the_bank_must_not_expect() -> None:
    gone = WithdrawnCheque(cheque(7, "88.00", drawer="Gaz & Fils"), MADE_AT + timedelta(hours=3))

    says = text(TWO_BAGS, gone, copy_number=2)

    assert "DUPLICATA copie no 2" in says
    assert "BORDEREAU MODIFIÉ 1 chèque retiré depuis la première impression, le 2026-11-25 12:10" in says
    _, _, apart = says.partition("Chèques retirés depuis la première impression, à ne pas attendre")
    assert "000488 12345 003 RBC Banque Royale •••• 4567 Gaz & Fils 2026-11-24 88,00" in apart
    assert "Espèces 160,05 Chèques (1) 412,37 Total du dépôt 572,42 $" in says, "it must NOT be added"
    assert "MODIFIÉ" not in text(TWO_BAGS, copy_number=2)


def test_the_bilingual_slip_says_each_thing_in_french_first_and_the_french_one_has_no_english() -> None:
    french, bilingual = text(TWO_BAGS), text(TWO_BAGS, language="fr-en")

    assert "Bordereau de dépôt no 12 / Deposit slip No. 12" in bilingual
    assert "Copie de la banque / Bank's copy" in bilingual
    assert "Deposit" not in french
    assert "$572.42" not in bilingual
