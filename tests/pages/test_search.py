"""The customer search as it is drawn, on « Recherche client » and on « Paiement de compte »."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.domain.customers import RESULT_LIMIT, Terms
from partnernet.domain.permissions import Role
from tests.support.screens import Screens, words

SEARCH, PAYMENT, ACCOUNT = "clients", "paiement", "releve"
FOUND = "Client trouvé"


def click(app: AppTest, label: str) -> AppTest:
    """Press the button of this name."""
    (button,) = (button for button in app.button if button.label == label)
    return button.click().run()


def type_in(app: AppTest, **fields: str) -> AppTest:
    """Type into the fields and press « Rechercher »."""
    labels = {"name": "Nom du client", "city": "Ville", "postal_code": "Code postal", "phone": "Numéro de téléphone"}
    for field, typed in fields.items():
        field_of(app, labels[field]).set_value(typed)
    return click(app, "Rechercher")


def field_of(app: AppTest, label: str):  # type: ignore[no-untyped-def]  # AppTest's own element types are private
    (field,) = (field for field in app.text_input if field.label == label)
    return field


def table(app: AppTest) -> list[list[object]]:
    """The rows of the results."""
    return app.dataframe[0].value.to_numpy().tolist() if app.dataframe else []


def sentences(app: AppTest) -> str:
    """What the screen says, as a person reads it."""
    return unescape(words(app))


def title(app: AppTest) -> str:
    return str(app.title[0].value)


def query(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


@pytest.mark.parametrize("screen", [SEARCH, PAYMENT, ACCOUNT])
def test_the_two_blocks_have_the_names_that_everything_relies_on(screens: Screens, screen: str) -> None:
    app = screens.open(screen, screens.world.agent)

    assert [field.label for field in app.text_input] == [
        "Numéro de client",
        "Nom du client",
        "Ville",
        "Code postal",
        "Numéro de téléphone",
    ]
    assert [button.label for button in app.button] == ["Aller à", "Rechercher"]
    assert not any(field.help for field in app.text_input)


@pytest.mark.parametrize("screen", [SEARCH, ACCOUNT])
def test_a_known_number_opens_the_account_and_puts_it_in_the_url(screens: Screens, screen: str) -> None:
    screens.world.customer("0012345")
    app = screens.open(screen, screens.world.agent)

    field_of(app, "Numéro de client").set_value(" 12345 ")
    click(app, "Aller à")

    assert query(app) == {"client": "0012345"}
    assert title(app) == "Relevé de compte"
    assert "Locations Richard" in words(app)


def test_a_known_number_opens_the_payment_form_from_the_payment_screen(screens: Screens) -> None:
    screens.world.customer("0012345")
    app = screens.open(PAYMENT, screens.world.agent)

    field_of(app, "Numéro de client").set_value("12345")
    click(app, "Aller à")

    assert query(app)["client"] == "0012345"
    assert len(query(app)["op"]) >= 16
    assert "Soumettre" in [button.label for button in app.button]


def test_an_unknown_number_is_said_in_place_and_stays_typed(screens: Screens) -> None:
    app = screens.open(SEARCH, screens.world.agent)

    field_of(app, "Numéro de client").set_value("999")
    click(app, "Aller à")

    assert "aucun client n'a le numéro « 999 »" in sentences(app)
    assert field_of(app, "Numéro de client").value == "999"
    assert query(app) == {}


def test_nobody_is_chosen_automatically_not_even_the_only_customer_found(screens: Screens) -> None:
    screens.world.customer("123456", "Locations Richard")
    app = screens.open(SEARCH, screens.world.agent)

    type_in(app, name="*richard*")

    assert app.selectbox[0].label == FOUND
    assert app.selectbox[0].value is None
    assert query(app) == {}
    click(app, "Ouvrir")
    assert "choisissez un client dans la liste" in words(app)
    assert query(app) == {}


def test_the_customer_chosen_in_the_select_box_is_opened(screens: Screens) -> None:
    screens.world.customer("123456", "Locations Richard", city="Montréal")
    screens.world.customer("123457", "Locations Richard", city="Laval")
    app = type_in(screens.open(SEARCH, screens.world.agent), name="Locations Richard")

    assert app.selectbox[0].options == [
        "123457 — Locations Richard — 1200, rue Ontario, Laval",
        "123456 — Locations Richard — 1200, rue Ontario, Montréal",
    ]
    app.selectbox[0].set_value("123456")
    click(app.run(), "Ouvrir")

    assert query(app) == {"client": "123456"}


def test_a_row_shows_everything_that_tells_a_customer_apart(screens: Screens) -> None:
    world = screens.world
    due = [("F1", "1234.56", world.today - timedelta(days=1)), ("F2", "10.00", world.today)]
    world.customer("123456", "Locations Richard", due=due, terms=Terms.CASH_ONLY)
    world.customer("123457", "Locations Richard", credit_notes=[("C1", "40.00", world.today)], city="Val-d’Or")
    app = type_in(screens.open(SEARCH, world.agent), name="locations richard")

    montreal, val_dor = table(app)

    assert montreal == [
        "Ouvrir", "123456", "Locations Richard", "1200, rue Ontario", "Montréal", "H2X 1Y4", "514 285-9286",
        Decimal("1234.56"), Decimal("1244.56"), "comptant seulement",
    ]  # fmt: skip
    assert val_dor[7:] == [Decimal(0), Decimal("-40.00"), ""]


def test_the_criteria_stay_as_typed_and_can_be_refined(screens: Screens) -> None:
    screens.world.customer("1", "Locations Richard", city="Montréal")
    screens.world.customer("2", "Locations Richard", city="Laval")
    app = type_in(screens.open(SEARCH, screens.world.agent), name=" *RICHARD* ")

    assert field_of(app, "Nom du client").value == " *RICHARD* "
    app.selectbox[0].set_value("1")
    type_in(app.run(), city="laval")

    assert [row[1] for row in table(app)] == ["2"]
    assert app.selectbox[0].value is None, "another search must NOT keep the choice of the one before"


def test_a_whole_name_that_finds_nothing_is_offered_between_stars_in_one_click(screens: Screens) -> None:
    screens.world.customer("1", "Locations Richard")
    app = type_in(screens.open(SEARCH, screens.world.agent), name="Richard")

    assert app.info[0].value == "Aucun client ne répond à ces critères."
    click(app, r"Chercher \*Richard\*")

    assert [row[1] for row in table(app)] == ["1"]
    assert field_of(app, "Nom du client").value == "*Richard*"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("city", "Mont*", "Ville : l'astérisque (*) n'est pas accepté ici."),
        ("phone", "514*", "Numéro de téléphone : l'astérisque (*) n'est pas accepté ici."),
        ("name", "*a*", "Nom du client : écrivez au moins 2 lettres ou chiffres"),
        ("name", "%", "Nom du client : écrivez au moins une lettre ou un chiffre."),
        ("name", "\u202egnp", "Nom du client : ce texte contient des caractères invisibles (U+202E)."),
        ("postal_code", "x" * 10_000, "Code postal : 200 caractères au plus."),
        ("city", "  ", "Remplissez au moins un des quatre champs"),
    ],
)
def test_what_cannot_be_searched_is_said_beside_its_field_without_results(
    screens: Screens, field: str, typed: str, said: str
) -> None:
    screens.world.customer("1", "Locations Richard")
    app = type_in(screens.open(SEARCH, screens.world.agent), **{field: typed})

    assert said in sentences(app)
    assert not app.exception
    assert table(app) == []


def test_more_than_two_hundred_results_ask_to_be_refined(screens: Screens) -> None:
    for count in range(RESULT_LIMIT + 1):
        screens.world.customer(str(count), "Client")
    app = type_in(screens.open(SEARCH, screens.world.agent), name="Client")

    assert len(table(app)) == RESULT_LIMIT
    assert app.warning[0].value == "Plus de 200 résultats : affinez la recherche"


def test_a_hostile_name_is_shown_as_it_is(screens: Screens) -> None:
    hostile = "**x** :red[y] ![z](https://example.com/z.png) <script>alert(1)</script>"
    screens.world.customer("1", hostile)
    app = type_in(screens.open(SEARCH, screens.world.agent), name="x red*")

    assert table(app)[0][2] == hostile
    app = screens.open(ACCOUNT, screens.world.agent, client="1")
    assert "&lt;script&gt;" in words(app)
    assert "<script>" not in words(app)


def test_the_search_comes_back_after_an_account_was_opened(screens: Screens) -> None:
    screens.world.customer("123456")
    app = screens.open(SEARCH, screens.world.agent)
    field_of(app, "Numéro de client").set_value("123456")
    click(app, "Aller à")

    app.switch_page("../../pages/clients.py")
    app.query_params["client"] = "123456"  # which Streamlit leaves in that address
    app.run()

    assert title(app) == "Recherche client"
    assert "Locations Richard" not in words(app)


def test_an_administrator_searches_no_customer(screens: Screens) -> None:
    screens.world.customer("123456")
    administrator = screens.world.person("AD1000", "Paul Roy", Role.ADMINISTRATOR)

    app = screens.open(SEARCH, administrator, client="123456")

    assert app.error[0].value == "Vous n'avez pas accès à cette page"
    assert "Locations Richard" not in words(app)
