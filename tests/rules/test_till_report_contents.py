"""What the report of a till as it stands says, and what it must not say while a count is open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from partnernet.documents import till_report_pdf
from partnernet.domain.money import parse_amount
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.domain.tenders import Tender
from partnernet.domain.till_report import MovementKind, TillReport, TillSums
from tests.support.papers import pages
from tests.support.tills import (
    AT,
    HASH,
    IN_BAG,
    WORKED_DAY,
    blind,
    money,
    movement,
    payment,
    printed_report,
    report,
    reversal,
)


def text(seen: TillReport, **how: object) -> str:
    """Everything the report says."""
    return " ".join(pages(printed_report(seen, **how)))  # type: ignore[arg-type]


def test_it_names_who_holds_the_money_for_whom_where_and_when() -> None:
    says = text(WORKED_DAY)

    for part in (
        "Rapport de caisse en cours 2026-11-24 16:30",
        "Pour le compte de BOC",
        "Succursale Montréal (MTL)",
        "Agent Marie Tremblay (PA1234)",
        "Session de caisse ouverte le 2026-11-24 08:02",
        "Deuxième personne, nom et signature",
    ):
        assert part in says


def test_each_payment_stands_on_a_line_with_cheques_and_cash_in_columns_of_their_own() -> None:
    says = text(WORKED_DAY)

    assert "MTL-000001 08:05 000123457 Locations Richard 10,02 -0,02" in says
    assert "MTL-000002 08:08 000123458 Boulangerie Ô Cœur 75,04 +0,01" in says
    assert "MTL-000004 08:14 000123460 Locations Richard 000485 412,37" in says
    assert "Chèque no Chèques Espèces Arrondi" in says


def test_a_reversed_payment_counts_as_taken_and_its_reversal_takes_it_back() -> None:
    says = text(WORKED_DAY)

    assert "Garage Lévesque et Fils contre-passé, voir plus bas 55,55" in says
    assert "Total, 6 paiements 712,37 240,61 -0,01" in says
    reversed_ = "MTL-000006 2026-11-24 15:50 000123462 Garage Lévesque et Fils"
    assert f"{reversed_} Mauvais montant · Remis au client · Anne Lavoie -55,55 -55,55" in says


def test_roundings_that_cancel_one_another_are_not_a_movement() -> None:
    up, down = (movement(MovementKind.ROUNDING, cash=amount, due=amount) for amount in ("0.02", "-0.02"))
    cancelled = replace(report(()), movements=(up, down))

    assert "Arrondi" in text(replace(cancelled, movements=(up,)))
    assert "Arrondi" not in text(cancelled)


def test_a_payment_of_an_earlier_session_handed_back_today_explains_the_drawer() -> None:
    says = text(WORKED_DAY)

    listed, _, _rest = says.partition("Total, 2 contre-passations -115,55 -115,55")
    assert "MTL-000900 2026-11-24 15:50 000100900 Zéphir Ouellet" in listed
    assert "MTL-000900" not in listed.partition("Contre-passations")[0], "it was NOT taken in this session"


def test_a_reversal_shows_each_place_that_it_changed_and_no_column_that_none_changes() -> None:
    found_missing = reversal(
        900,
        "60.00",
        where=WhereIsTheMoney.NEVER_RECEIVED,
        moved=TillSums(float_present=parse_amount("60.00"), due=-parse_amount("60.00")),
    )
    out_of_a_bag = reversal(
        901,
        "412.37",
        tender=Tender.CHEQUE,
        reason=ReversalReason.RETURNED_CHEQUE,
        moved=TillSums(bags=-money("412.37"), due=-money("412.37")),
    )

    says = text(report(reversals=(found_missing, out_of_a_bag)))

    assert "Client En sac Fonds de caisse Dû à BOC" in says
    assert "Jamais reçu · Anne Lavoie 0,00 60,00 -60,00" in says
    assert "Total, 2 contre-passations -412,37 60,00 -472,37" in says


def test_whoever_adds_up_the_lists_comes_to_the_movements_and_from_them_to_what_is_due() -> None:
    says = text(WORKED_DAY)

    listed, _, moved = says.partition("Mouvements de la caisse")
    assert "Total, 6 paiements 712,37 240,61 -0,01" in listed
    assert "Total, 2 contre-passations -115,55" in listed
    assert "Total, 2 bons 32,50" in listed
    assert (
        "Paiements par chèque (2) 712,37 712,37 Paiements en espèces (4) 240,61 240,61 Arrondi -0,01 -0,01 "
        "Contre-passations (2) -115,55 -115,55 Bons de petite caisse (2) -32,50 -32,50 "
        "Fonds de caisse reçu, 2026-11-24 08:02 200,00 200,00 Renflouement, 2026-11-24 16:30 32,50 32,50 "
        "Dans la caisse 325,05 712,37 0,00 200,00 837,42" in moved
    )
    assert "Espèces attendues 325,05 Chèques en main 712,37" in moved
    assert "Total dû à BOC 837,42 $ dont 300,00 $ en chèques postdatés, pas encore payables" in moved


def test_the_movements_and_what_they_come_to_are_on_one_sheet() -> None:
    long_day = report(tuple(payment(number, "10.00") for number in range(1, 34)))

    with_total = [sheet for sheet in pages(printed_report(long_day)) if "Total dû à BOC" in sheet]

    assert len(with_total) == 1
    assert "Mouvements de la caisse" in with_total[0]
    assert "Deuxième personne" in with_total[0]


def test_what_the_last_session_has_left_is_a_line_and_its_cheques_are_listed() -> None:
    carried = movement(MovementKind.CARRIED_IN, cash="180.00", cheques="412.37", float_present="180.00", due="412.37")

    says = text(replace(report(others=(carried,)), cheques=(IN_BAG,)))

    assert "Reporté de la session précédente 180,00 412,37 180,00 412,37" in says
    assert "Chèques reçus avant cette session, à mettre en sac" in says
    assert "000485 30001 815 Desjardins (Québec) •••• 4321 Soudure Bélanger inc. 2026-11-24 412,37" in says


def test_bags_that_wait_for_approval_are_still_owed_and_said_to_be_there() -> None:
    waiting = movement(MovementKind.WAITING, bags="537.42", due="537.42")

    says = text(replace(WORKED_DAY, closing=(waiting,)))

    assert (
        "Sacs soumis, en attente d'approbation 537,42 537,42 Tenu en tout 325,05 712,37 537,42 200,00 1 374,84" in says
    )
    assert "Total dû à BOC 1 374,84 $" in says
    assert "dont 537,42 $ en sacs scellés" in says
    assert "Tenu en tout" not in text(WORKED_DAY)


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        (
            movement(MovementKind.FLOAT, cash="-50.00", float_present="-50.00"),
            "Fonds de caisse remis, 2026-11-24 08:02",
        ),
        (
            movement(MovementKind.SEALED, bag_number=12, cash="-500.00", bags="500.00"),
            "Mis dans le sac no 12, 2026-11-24 08:02 -500,00 500,00",
        ),
        (movement(MovementKind.REOPENED, cash="125.05", due="125.05"), "Soumission retournée, sac rouvert, 2026-11-24"),
        (movement(MovementKind.CUSTODY, bags="-500.00", due="-500.00"), "Sac remis à la succursale, 2026-11-24 08:02"),
        (movement(MovementKind.OTHER, cash="1.00", due="1.00"), "Autre mouvement, 2026-11-24 08:02 1,00 1,00"),
    ],
)
def test_what_else_moves_a_till_is_named_one_by_one_with_its_hour(moved: object, said: str) -> None:
    assert said in text(report(others=(moved,)))  # type: ignore[arg-type]


def test_the_principal_is_named_as_the_settings_name_it() -> None:
    says = " ".join(pages(till_report_pdf(WORKED_DAY, principal="Gaz du Nord", language="fr")))

    assert "Total dû à Gaz du Nord" in says
    assert "BOC" not in says


def test_a_voucher_without_its_receipt_is_marked_and_a_reversed_one_is_not_added() -> None:
    says = text(WORKED_DAY)

    assert "Papeterie du Plateau Rouleaux pour l'imprimante de reçus Fournitures de bureau conservée 18,40" in says
    assert "Postes Canada Timbres Frais de poste manquante 14,10" in says
    assert "Postes Canada Timbres contre-passé Frais de poste conservée 41,10" in says
    assert "Total, 2 bons 32,50" in says


def test_post_dated_cheques_stand_apart_with_the_day_from_which_they_are_payable() -> None:
    says = text(WORKED_DAY)

    _before, _, apart = says.partition("Chèques postdatés, pas encore payables")
    assert "30001 815 Desjardins (Québec) •••• 4321 Soudure Bélanger inc. 2026-12-15 300,00" in apart
    assert "Total, 1 chèque 300,00" in apart
    assert "Soudure Bélanger inc. postdaté 000486 300,00" in says


def test_a_till_that_took_nothing_says_so_in_each_list() -> None:
    says = text(report(others=()))

    assert "Aucun paiement." in says
    assert "Aucun bon." in says
    assert "Contre-passations" not in says
    assert "Total dû à BOC 0,00 $" in says


def test_payments_of_an_earlier_day_carry_their_date() -> None:
    past_midnight = report((payment(1, "10.00", at=AT - timedelta(days=1)), payment(2, "20.00")))

    says = text(past_midnight)

    assert "MTL-000001 2026-11-23 16:30 000123457" in says
    assert "MTL-000002 2026-11-24 08:08 000123458" in says


def test_it_carries_its_moment_and_the_chain_anchor_in_groups_that_can_be_read_aloud() -> None:
    says = text(WORKED_DAY)

    assert "Grand livre au 2026-11-24 16:30, écriture no 48213 3f9a 0c51 d2e4 " in says
    assert HASH in says.replace(" ", "")


def test_a_snapshot_is_never_a_duplicate() -> None:
    assert "DUPLICATA" not in text(WORKED_DAY, copy_number=7)


def test_while_a_count_is_open_it_says_so_and_keeps_what_agents_count_cheque_by_cheque() -> None:
    by_cheque = reversal(901, "88.00", tender=Tender.CHEQUE, moved=TillSums(cheques=-money("88.00")))

    says = text(blind(replace(WORKED_DAY, reversals=(*WORKED_DAY.reversals, by_cheque))))

    assert "Décompte en cours : les totaux d'espèces sont masqués" in says
    assert "Locations Richard 000485 412,37" in says
    assert "MTL-000001 08:05 000123457 Locations Richard ••••" in says
    assert (
        "MTL-000900 2026-11-24 15:50 000100900 Zéphir Ouellet Mauvais client · Remis au client · Anne Lavoie ••••"
        in says
    )
    assert "MTL-000901 2026-11-24 15:50 000100900 Zéphir Ouellet Mauvais montant" in says
    assert "88,00" in says
    assert "Décompte" not in text(WORKED_DAY)


@pytest.mark.parametrize("language", ["fr", "fr-en"])
def test_while_a_count_is_open_no_figure_of_cash_is_printed_nor_one_that_adds_up_to_it(language: str) -> None:
    seen, hidden = text(WORKED_DAY, language=language), text(blind(WORKED_DAY), language=language)

    figures = r"\d+,\d\d"
    cheques = {"412,37", "300,00"}
    assert set(re.findall(figures, hidden)) == cheques
    assert set(re.findall(figures, seen)) > cheques | {
        "325,05",
        "240,61",
        "837,42",
        "200,00",
        "10,02",
        "18,40",
        "60,00",
    }
    assert "signature" not in hidden


def test_the_bilingual_report_says_each_thing_in_french_first_and_the_french_one_has_no_english() -> None:
    french, bilingual = text(WORKED_DAY), text(WORKED_DAY, language="fr-en")

    assert "Total dû à BOC Total owed to BOC" in bilingual
    assert "Espèces attendues / Expected cash 325,05" in bilingual
    assert "manquante / missing" in bilingual
    assert bilingual.count("Date et heure Date and time") == 2
    assert "$837.42" not in bilingual
    assert "owed" not in french
    assert "cash" not in french.lower()
