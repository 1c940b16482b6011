"""What the till report says, and what it must not say while a count is open."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from partnernet.documents import till_report_pdf
from partnernet.domain.money import parse_amount
from partnernet.domain.till import TillFigures
from partnernet.domain.till_report import TillReport
from tests.support.papers import pages
from tests.support.tills import AT, HASH, WORKED_DAY, blind, payment, printed_report, report


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


def test_a_reversed_payment_is_listed_and_counts_for_nothing() -> None:
    says = text(WORKED_DAY)

    assert "Garage Lévesque et Fils contre-passé 55,55" in says
    assert "Total, 5 paiements 712,37 185,06 -0,01" in says
    assert "240,61" not in says  # 185.06 and 55.55


def test_the_total_owed_is_explained_by_where_it_comes_from_and_by_where_the_money_is() -> None:
    says = text(WORKED_DAY)

    assert "Total dû à BOC dont 300,00 $ en chèques postdatés, pas encore payables 837,42 $" in says
    sources = "Paiements par chèque (2) 712,37 Paiements en espèces (3) 185,06 Arrondi -0,01"
    assert f"{sources} Reports, contre-passations et sacs approuvés -60,00" in says
    assert "Espèces attendues 325,05 Chèques en main 712,37 Moins : fonds présent 200,00" in says
    assert parse_amount("325.05") + parse_amount("712.37") - parse_amount("200.00") == parse_amount("837.42")


def test_collections_in_a_bag_that_waits_for_approval_are_still_owed_and_said_to_be_there() -> None:
    held = TillFigures(
        expected_cash=parse_amount("180.00"),
        cheques=parse_amount("300.00"),
        due_to_principal=parse_amount("837.42"),
        float_present=parse_amount("180.00"),
    )

    says = text(replace(report(), position=replace(report().position, figures=held)))

    assert "En sac, pas encore approuvé 537,42" in says
    assert "En sac" not in text(WORKED_DAY)


def test_nothing_is_said_of_reports_and_bags_when_the_payments_alone_make_the_total() -> None:
    says = text(report((payment(1, "100.00"),)))

    assert "Total dû à BOC 100,00 $" in says
    assert "Reports" not in says
    assert "postdatés" not in says


def test_the_principal_is_named_as_the_settings_name_it() -> None:
    pdf = till_report_pdf(WORKED_DAY, principal="Gaz du Nord", language="fr", copy_number=1)

    (says,) = pages(pdf)
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
    assert "000031 815 Desjardins (Québec) Soudure Bélanger inc. 2026-12-15 300,00 Total, 1 chèque 300,00" in apart
    assert "Soudure Bélanger inc. postdaté, pas encore payable 000486 300,00" in says


def test_a_till_that_took_nothing_says_so_in_each_list() -> None:
    says = text(report())

    assert "Aucun paiement." in says
    assert "Aucun bon." in says
    assert "Total dû à BOC 0,00 $" in says


def test_payments_of_an_earlier_day_carry_their_date() -> None:
    past_midnight = report((payment(1, "10.00", at=AT - timedelta(days=1)), payment(2, "20.00")))

    says = text(past_midnight)

    assert "MTL-000001 2026-11-23 16:30 000123457" in says
    assert "MTL-000002 2026-11-24 08:08 000123458" in says


def test_it_carries_the_chain_anchor_in_groups_that_can_be_read_aloud() -> None:
    says = text(WORKED_DAY)

    assert "Grand livre, écriture no 48213 3f9a 0c51 d2e4 " in says
    assert HASH in says.replace(" ", "")
    assert "Grand livre" not in text(replace(WORKED_DAY, anchor=(0, "")))


def test_the_first_copy_is_not_marked_and_later_ones_are_counted() -> None:
    assert "DUPLICATA" not in text(WORKED_DAY, copy_number=1)
    assert "DUPLICATA copie no 3" in text(WORKED_DAY, copy_number=3)


def test_while_a_count_is_open_it_says_so_and_keeps_what_agents_count_cheque_by_cheque() -> None:
    says = text(blind(WORKED_DAY))

    assert "Décompte en cours : les totaux d'espèces sont masqués" in says
    assert "Locations Richard 000485 412,37" in says
    assert "MTL-000001 08:05 000123457 Locations Richard ••••" in says
    assert "Décompte" not in text(WORKED_DAY)


@pytest.mark.parametrize("language", ["fr", "fr-en"])
def test_while_a_count_is_open_no_figure_of_cash_is_printed_nor_one_that_adds_up_to_it(language: str) -> None:
    seen, hidden = text(WORKED_DAY, language=language), text(blind(WORKED_DAY), language=language)

    figures = r"\d+,\d\d"
    cheques = {"412,37", "300,00"}
    assert set(re.findall(figures, hidden)) == cheques
    assert set(re.findall(figures, seen)) > cheques | {"325,05", "185,06", "837,42", "200,00", "10,02", "18,40"}
    assert "signature" not in hidden


def test_the_bilingual_report_says_each_thing_in_french_first_and_the_french_one_has_no_english() -> None:
    french, bilingual = text(WORKED_DAY), text(WORKED_DAY, language="fr-en")

    assert "Total dû à BOC / Total owed to BOC" in bilingual
    assert "Espèces attendues / Expected cash 325,05" in bilingual
    assert "manquante / missing" in bilingual
    assert "$837.42" not in bilingual
    assert "owed" not in french
    assert "cash" not in french.lower()
