"""« Accueil »: what the agent holds and took, what the branch took, and where each role may go."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.permissions import Role
from partnernet.domain.till import FloatRequest
from partnernet.services import reversals, till
from tests.support.requests import money, new_key, reversing
from tests.support.screens import Screens, pay, words

SCREEN = "accueil"


def links(app: AppTest) -> list[str]:
    """The screens offered."""
    return [link.proto.label for link in app.get("page_link")]


def test_the_first_morning_shows_zeros_and_the_three_things_to_do(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.agent)

    assert [button.label for button in app.button] == [
        "Paiement de compte",
        "Paiements du jour",
        "Réconciliation de petite caisse",
    ]
    assert "caisse pas encore ouverte" in words(app)
    assert app.info[0].value == "Aucun paiement pour l'instant aujourd'hui."


def test_an_agent_sees_what_they_hold_and_took_and_nothing_of_the_others(screens: Screens) -> None:
    world = screens.world
    till.receive_float(world.db, FloatRequest(new_key(), money("200.00")), by=world.agent, at=world.now)
    cash = pay(screens, "60.00", world.agent)
    cheque = pay(screens, "412.37", world.agent, cheque="000123")
    pay(screens, "75.00", world.other_agent)

    app = screens.open(SCREEN, world.agent)

    assert "<dt>Dû à BOC</dt><dd>472,37 $</dd>" in words(app)
    assert "<dt>Espèces attendues en caisse</dt><dd>260,00 $</dd>" in words(app)
    assert "<dt>Chèques en main</dt><dd>412,37 $</dd>" in words(app)
    assert "caisse ouverte depuis" in words(app)
    assert words(app).index(cheque.number) < words(app).index(cash.number), "the last receipt comes first"
    assert "75,00" not in words(app)
    assert "Luc Gagnon" not in words(app)


def test_the_principal_is_named_as_the_settings_name_it(screens: Screens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERNET_PRINCIPAL_NAME", "Gaz <b>Nord</b>")
    screens.read_settings_again()

    app = screens.open(SCREEN, screens.world.agent)

    assert "Dû à Gaz &lt;b&gt;Nord&lt;/b&gt;" in words(app)
    assert "BOC" not in words(app)


def test_each_of_the_last_five_receipts_has_a_link_that_prints_it(screens: Screens) -> None:
    receipts = [pay(screens, f"{amount}.00", screens.world.agent) for amount in range(10, 16)]

    app = screens.open(SCREEN, screens.world.agent)

    for receipt in receipts[1:]:
        assert f'href="/print/receipt/{receipt.number}?format=letter&amp;lang=fr" target="_blank"' in words(app)
    assert receipts[0].number not in words(app)


def test_a_supervisor_sees_the_branch_first_and_no_empty_till(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    pay(screens, "75.00", screens.world.other_agent)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert [title.value for title in app.header] == [
        "Paiements de la succursale",
        "Total par agent",
        "Derniers reçus",
    ]
    assert "135,00 $" in words(app)
    assert "Luc Gagnon" in words(app)
    assert "Dû à BOC" not in words(app)


def test_a_supervisor_who_took_a_payment_sees_their_own_till_too(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent)
    pay(screens, "75.00", screens.world.supervisor)

    app = screens.open(SCREEN, screens.world.supervisor)

    assert app.header[-1].value == "Ma caisse"
    assert "<dt>Dû à BOC</dt><dd>75,00 $</dd>" in words(app), "the agent's money must NOT be in it"


def test_a_reversed_receipt_says_so_and_what_is_held_goes_down(screens: Screens) -> None:
    world = screens.world
    wrong = pay(screens, "75.00", world.agent)
    reversals.reverse(
        world.db, reversing(wrong.number), by=world.supervisor, at=world.later(seconds=1), proved_at=world.now
    )

    app = screens.open(SCREEN, world.agent)

    assert "<dt>Dû à BOC</dt><dd>0,00 $</dd>" in words(app)
    assert "contre-passé</td>" in words(app)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.AUDITOR, ["Paiements du jour", "Recherche client", "Mon compte", "Mot de passe", "Aide"]),
        (Role.ADMINISTRATOR, ["Mon compte", "Mot de passe", "Aide"]),
    ],
)
def test_whoever_keeps_no_till_finds_the_screens_of_their_role(
    screens: Screens, role: Role, offered: list[str]
) -> None:
    app = screens.open(SCREEN, screens.world.person("XX1000", "*Ada* Roy", role))

    assert set(offered) <= set(links(app))
    assert "Paiement de compte" not in links(app)
    assert app.title[0].value == "Bienvenue\\, \\*Ada\\* Roy", "a name must NOT be read as markdown"
    assert not app.button


def test_a_hostile_customer_name_is_escaped(screens: Screens) -> None:
    pay(screens, "60.00", screens.world.agent, name='<img src=x onerror="alert(1)">')

    app = screens.open(SCREEN, screens.world.agent)

    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in words(app)
    assert "<img" not in words(app)


def test_the_primary_action_leads_to_the_payment_screen(screens: Screens) -> None:
    app = screens.open(SCREEN, screens.world.agent)

    app.button[0].click().run()

    assert app.title[0].value == "Paiement de compte"
