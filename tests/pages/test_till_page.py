"""« Réconciliation de petite caisse »: the view of the address, and the report of the till in progress."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.domain.concerns import PostDatedCheque
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.services import counts, payments, petty_cash, reversals, users
from tests.support.requests import a_cheque, float_received, money, new_key, paying, reversing
from tests.support.screens import Screens, pay, words
from tests.support.till_reports import limit_cash

SCREEN = "petite_caisse"
HOSTILE = "**gras** :red[x] <b>=1+1</b>"


@pytest.fixture
def counter(screens: Screens) -> Screens:
    """A float of 200.00, 61.35 in cash, a cheque of 412.37, a post-dated one of 300.00, and a voucher of 18.40."""
    world = screens.world
    float_received(world, "200.00")
    pay(screens, "61.35", world.agent)
    pay(screens, "412.37", world.agent, cheque="000412")
    later = world.today + timedelta(days=7)
    customer = world.customer("00000077", "Soudure Bélanger", due=[("F-7", "300.00", world.today)])
    post_dated = paying(world, customer, cheque=a_cheque("000777", dated=later), confirmed=[PostDatedCheque(later)])
    payments.record(world.db, post_dated, by=world.agent, at=world.later(seconds=1))
    voucher = VoucherRequest(
        new_key(), world.today, "Postes Canada", "Timbres", VoucherCategory.POSTAGE, money("18.40"), receipt_kept=False
    )
    petty_cash.pay_voucher(world.db, voucher, by=world.agent, at=world.later(seconds=1))
    return screens


def report(screens: Screens, by: Agent | None = None) -> AppTest:
    return screens.open(SCREEN, by or screens.world.agent)


def payments_table(app: AppTest) -> Any:
    return app.dataframe[0].value


def everything(app: AppTest) -> str:
    """All that the screen says, tables and alerts included."""
    frames = " ".join(str(frame.value.to_dict()) for frame in app.dataframe)
    return f"{words(app)} {frames}".replace("\u00a0", " ").replace(".", ",")


def test_the_report_is_what_the_plain_address_shows(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.agent)

    assert app.title[0].value == "Réconciliation de petite caisse"
    assert app.button_group[0].value == "rapport"
    assert "caisse pas encore ouverte · fonds autorisé : 200,00 $" in words(app)


@pytest.mark.parametrize("view", ["decompte", "bons"])
def test_the_view_of_the_address_is_the_view_shown(screens: Screens, view: str) -> None:
    app = screens.open(SCREEN, screens.world.agent, vue=view)

    assert app.button_group[0].value == view
    assert not app.exception


def test_the_report_tells_what_is_owed_and_where_it_is(counter: Screens) -> None:
    app = report(counter)

    said = words(app)
    assert app.header[0].value == "Rapport de caisse en cours"
    assert "<dt>Total dû à BOC</dt><dd>773,72 $</dd>" in said
    assert "dont 300,00 $ en chèques postdatés, pas encore payables" in said
    assert "<dt>Espèces attendues</dt><dd>242,95 $</dd>" in said
    assert "<dt>Chèques en main</dt><dd>712,37 $</dd>" in said
    assert "<dt>Fonds de caisse</dt><dd>181,60 $</dd>" in said
    assert app.get("link_button")[0].proto.url == "/print/till-report/current"


def test_every_payment_stands_in_its_table_and_the_movements_add_up(counter: Screens) -> None:
    app = report(counter)

    table, movements = payments_table(app), app.dataframe[1].value
    assert list(table["Type"]) == ["Chèque", "Chèque", "Espèces"]
    assert list(table["Montant"]) == [Decimal("300.00"), Decimal("412.37"), Decimal("61.35")]
    assert list(table["État"]) == ["postdaté", "", ""]
    rows = {row["Mouvement"]: row for row in movements.to_dict("records")}
    assert rows["Paiements par chèque (2)"]["Chèques"] == Decimal("712.37")
    assert rows["Paiements en espèces (1)"]["Dû à BOC"] == Decimal("61.35")
    assert rows["Bons de petite caisse (1)"]["Fonds de caisse"] == Decimal("-18.40")
    held = rows["Dans la caisse"]
    assert held["Espèces"] + held["Chèques"] == held["Fonds de caisse"] + held["Dû à BOC"]
    assert pd.isna(rows["Paiements par chèque (2)"]["Espèces"]), "what did not move is NOT a zero"


def test_post_dated_cheques_and_vouchers_stand_apart(counter: Screens) -> None:
    app = report(counter)

    titles = [title.value for title in app.subheader]
    assert titles == [
        "Paiements depuis la dernière soumission",
        "Mouvements de la caisse",
        "Bons de petite caisse",
        "Chèques postdatés, pas encore payables",
    ]
    assert "000777" in words(app)
    assert "Postes Canada — Timbres" in words(app)
    assert "pièce manquante" in words(app)


def test_a_reversed_payment_is_marked_and_its_reversal_listed(counter: Screens) -> None:
    wrong = pay(counter, "75.00", counter.world.agent)
    reversals.reverse(
        counter.world.db,
        reversing(wrong.number),
        by=counter.world.supervisor,
        at=counter.world.later(seconds=1),
        proved_at=counter.world.now,
    )

    app = report(counter)

    assert next(iter(payments_table(app)["État"])) == "contre-passé"
    assert "<dt>Total dû à BOC</dt><dd>773,72 $</dd>" in words(app), "what was undone must NOT be owed"
    assert "Mauvais montant · Remis au client" in words(app)


def test_the_rounding_of_cash_is_told_beside_its_payment(screens: Screens) -> None:
    world = screens.world
    customer = world.customer("00000010", due=[("F-1", "10.02", world.today)])
    payments.record(world.db, paying(world, customer), by=world.agent, at=world.later(seconds=1))

    app = report(screens)

    assert list(payments_table(app)["Arrondi"]) == ["-0,02"]
    assert "<dt>Total dû à BOC</dt><dd>10,00 $</dd>" in words(app)


def test_the_ledger_s_anchor_ends_the_report_in_short(counter: Screens) -> None:
    said = words(report(counter))

    assert "écriture no 5, empreinte " in said
    assert "…" in said.split("empreinte ")[1][:14]


def test_nobody_s_payments_but_one_s_own_are_in_it(counter: Screens) -> None:
    pay(counter, "75.00", counter.world.other_agent)

    said = everything(report(counter))

    assert "75,00" not in said
    assert "848,72" not in said


def test_while_the_till_is_counted_no_cash_is_told_and_cheques_are(counter: Screens) -> None:
    counts.start(counter.world.db, by=counter.world.agent, at=counter.world.later(seconds=1))

    app = report(counter)

    said = everything(app)
    assert "Décompte en cours" in app.info[0].value
    assert "412,37" in said
    assert "masqué" in said
    secrets = ("61,35", "773,72", "242,95", "712,37", "181,60", "18,40", "<dt>")
    assert [secret for secret in secrets if secret in said] == []
    assert [title.value for title in app.subheader] == [
        "Paiements depuis la dernière soumission",
        "Bons de petite caisse",
        "Chèques postdatés, pas encore payables",
    ]


def test_a_till_without_a_payment_says_so(screens: Screens) -> None:
    app = report(screens)

    assert "Aucun paiement." in [element.value for element in app.text]
    assert "<dt>Total dû à BOC</dt><dd>0,00 $</dd>" in words(app)
    assert not app.dataframe, "an empty table must NOT stand there"


def test_a_hostile_name_stands_in_its_cell_and_nowhere_as_markdown(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent, name=HOSTILE)

    app = report(screens)

    assert list(payments_table(app)["Nom"]) == [HOSTILE]
    assert not any("gras" in element.value for element in [*app.markdown, *app.caption])


def test_an_amount_near_the_limit_is_written_whole(screens: Screens) -> None:
    pay(screens, "2499999.95", screens.world.agent, cheque="000999")

    app = report(screens)

    assert "<dt>Total dû à BOC</dt><dd>2 499 999,95 $</dd>" in words(app)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_keeps_no_till_has_no_access(screens: Screens, role: Role) -> None:
    app = screens.open(SCREEN, screens.world.person("XX1000", "Ada Roy", role, screens.world.branch))

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert not app.header


def test_another_view_is_chosen_and_in_the_address(counter: Screens) -> None:
    app = report(counter)

    app.button_group[0].set_value("decompte").run()

    assert app.query_params["vue"] in ("decompte", ["decompte"])
    assert not [title for title in app.header if title.value == "Rapport de caisse en cours"]


def test_in_english_words_and_amounts_are_english(counter: Screens) -> None:
    users.set_language(counter.world.db, "en", by=counter.world.agent)

    app = report(counter)

    assert "<dt>Total owed to BOC</dt><dd>$773.72</dd>" in words(app)
    assert "dû" not in words(app)


def test_too_much_cash_in_the_drawer_is_said_with_what_to_do(counter: Screens) -> None:
    limit_cash(counter.world, "61.30")

    (said,) = (inside.value.replace("\\", "") for inside in report(counter).warning)

    assert "Les espèces encaissées dépassent 61,30" in said
    assert said.endswith("scellez-en une partie dans un sac (« Sac ») et remettez-le à un superviseur.")


def test_cash_within_the_limit_warns_of_nothing(counter: Screens) -> None:
    limit_cash(counter.world, "61.35")

    assert not report(counter).warning
