"""« Échanges », a file of open items: its moment, the batch that it includes, receipts refused, what would change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from partnernet.clock import now
from partnernet.domain.batches import Batch
from partnernet.domain.exchanges import FileImport
from partnernet.domain.money import Money
from partnernet.domain.reversals import ReversalReason, WhereIsTheMoney
from partnernet.services import customers, exchanges, exports, payments
from tests.support.approvals import buttons, press, said
from tests.support.correcting import undo
from tests.support.exchanging import CHECK, IMPORT, SCREEN, bring_open_items, checked, open_items_csv
from tests.support.requests import money, new_key, paying
from tests.support.screens import Screens

ACCOUNT = "100245"
DUE = date(2026, 10, 31)  # as the files say


@pytest.fixture
def owing(screens: Screens) -> Screens:
    """« Locations Richard » owes 100.00; the counter's time is three hours ago."""
    world = screens.world
    world.now = now() - timedelta(hours=3)
    world.customer(ACCOUNT, "Locations Richard", due=[("F-1", "100.00", DUE)])
    return screens


def total_due(screens: Screens) -> Money:
    found = customers.account(screens.world.db, ACCOUNT, by=screens.world.supervisor, at=now())
    return found.standing.total_due


def pay_and_send(screens: Screens, amount: str = "40.00") -> tuple[str, Batch]:
    """A payment of the account and the batch that takes it: its receipt and the batch."""
    world = screens.world
    customer = customers.account(world.db, ACCOUNT, by=world.supervisor, at=now()).customer
    request = paying(world, customer, amount)
    receipt = payments.record(world.db, request, by=world.agent, at=world.later(seconds=1))
    batch = exports.cut(world.db, new_key(), by=world.supervisor, at=world.later(seconds=1))
    assert batch is not None
    return receipt.number, batch


def imports(screens: Screens) -> tuple[FileImport, ...]:
    return exchanges.history(screens.world.db, by=screens.world.supervisor)


def records(app: AppTest) -> list[dict[Any, Any]]:
    found: list[dict[Any, Any]] = app.dataframe[0].value.to_dict("records")
    return found


# --- the moment and the batch -----------------------------------------------------------------------------------------


def test_the_day_is_today_and_the_hour_has_to_be_said(owing: Screens) -> None:
    app = owing.open(SCREEN, owing.world.supervisor, vue="fichiers", fichier="documents")
    assert [field.value for field in app.text_input] == [owing.world.branch.business_date(now()).isoformat(), ""]

    press(app, CHECK)

    assert "Choisissez le fichier à vérifier." in said(app)
    assert "Heure du fichier : écrivez l'heure à laquelle il a été tiré" in said(app)
    assert "pn-refusal-whole" not in said(app)


@pytest.mark.parametrize("hour", ["midi", "25:00", "18", "=1+1"])
def test_an_hour_that_is_none_is_refused_beside_its_field_and_stays_as_typed(owing: Screens, hour: str) -> None:
    app = bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "60,00")))
    app.text_input[1].set_value(hour)

    checked(app)

    assert "n'est pas une heure. Écrivez-la comme 18:00." in said(app)
    assert app.text_input[1].value == hour
    assert buttons(app) == [CHECK]


def test_a_moment_that_has_not_come_is_refused_and_so_is_one_before_the_documents_in_force(owing: Screens) -> None:
    content = open_items_csv((ACCOUNT, "F-1", "60,00"))

    ahead = checked(bring_open_items(owing, content, hours_ago=-26))
    behind = checked(bring_open_items(owing, content, hours_ago=26))

    assert "n'est pas encore venue" in said(ahead)
    assert "plus récents sont déjà en vigueur" in said(behind)
    assert buttons(ahead) == buttons(behind) == [CHECK]


def test_the_newest_batch_is_proposed_until_another_is_picked(owing: Screens) -> None:
    pay_and_send(owing, "10.00")
    pay_and_send(owing, "15.00")
    app = bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "80,00")))
    through = app.selectbox[0]
    assert [option.split(" — ")[0] for option in through.options] == ["Lot no 2", "Lot no 1", "Aucun lot"]
    assert through.value == 2

    app.selectbox[0].select(1).run()
    app.text_input[1].set_value("").run()

    assert app.selectbox[0].value == 1


def test_a_batch_cut_after_the_moment_of_the_file_is_not_offered(owing: Screens) -> None:
    pay_and_send(owing)

    app = bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "60,00")), hours_ago=4)

    assert list(app.selectbox[0].options) == ["Aucun lot"]


def test_batches_that_the_documents_in_force_include_are_not_given_up(owing: Screens) -> None:
    pay_and_send(owing, "10.00")
    press(checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "90,00")))), IMPORT)
    pay_and_send(owing, "15.00")

    app = bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "80,00")))

    assert [option.split(" — ")[0] for option in app.selectbox[0].options] == ["Lot no 2", "Lot no 1"]


# --- what would change ------------------------------------------------------------------------------------------------


def test_balances_are_shown_before_and_after_and_only_the_import_changes_them(owing: Screens) -> None:
    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "75,00"), (ACCOUNT, "F-2", "20,00"))))

    assert "Documents à importer" in said(app)
    (change,) = records(app)
    shown = {column: str(cell).replace("\u00a0", " ") for column, cell in change.items()}
    assert shown == {"Compte": ACCOUNT, "Nom": "Locations Richard", "Avant": "100,00 $", "Après": "95,00 $"}
    assert total_due(owing) == money("100.00")

    press(app, IMPORT)

    assert "open_items.csv importé : 2 documents." in said(app)
    assert total_due(owing) == money("95.00")


def test_a_payment_that_the_file_includes_no_longer_reduces_the_balance(owing: Screens) -> None:
    pay_and_send(owing, "40.00")
    assert total_due(owing) == money("60.00")

    press(checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "60,00")))), IMPORT)

    assert total_due(owing) == money("60.00")
    assert [(done.through_batch, done.row_count) for done in imports(owing)] == [(1, 1)]


def test_payments_whose_documents_did_not_move_are_pointed_out(owing: Screens) -> None:
    number, _batch = pay_and_send(owing, "40.00")

    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "100,00"))))

    assert "1 paiement serait inclus" in app.warning[0].value.replace("\\", "")
    assert records(app)[0]["Référence"] == number
    assert IMPORT in buttons(app), "it is said, not refused"


def test_a_receipt_that_the_principal_refused_still_reduces_the_balance(owing: Screens) -> None:
    number, _batch = pay_and_send(owing, "40.00")
    refused = f"reference\n{number}\n".encode()

    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "100,00")), refused=refused))
    assert not app.warning
    press(app, IMPORT)

    assert total_due(owing) == money("60.00")


def test_a_receipt_refused_before_and_named_no_more_is_pointed_out(owing: Screens) -> None:
    number, _batch = pay_and_send(owing, "40.00")
    refused = f"reference\n{number}\n".encode()
    press(checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "100,00")), refused=refused)), IMPORT)

    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "60,00"))))

    assert "1 reçu refusé auparavant serait maintenant compté" in app.warning[0].value.replace("\\", "")
    assert records(app)[0]["Référence"] == number


@pytest.mark.parametrize(
    ("refused", "reason"),
    [
        (b"reference\nMTL-999999\n", "aucun paiement ni aucune contre-passation"),
        (b"reference\nbonjour\n", "n'est pas un numéro de reçu"),
        (b"nom\nMTL-000001\n", "l'en-tête ne nomme pas la colonne reference"),
    ],
)
def test_what_is_wrong_with_the_refused_receipts_is_told_and_nothing_can_be_imported(
    owing: Screens, refused: bytes, reason: str
) -> None:
    pay_and_send(owing)

    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "100,00")), refused=refused))

    (fault,) = records(app)
    assert "refused.csv" in fault["Raison"]
    assert "refused.csv · Rien ne peut être importé." in said(app)
    assert reason in fault["Raison"]
    assert buttons(app) == [CHECK]


def test_a_document_of_an_unknown_account_is_a_faulty_line(owing: Screens) -> None:
    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "75,00"), ("999999", "F-2", "1,00"))))

    assert "aucun client n'a le numéro 999999" in records(app)[0]["Raison"]
    press(app, "Importer sans la ligne fautive")

    assert total_due(owing) == money("75.00")


@pytest.mark.parametrize("field", [0, 1])
def test_another_moment_has_to_be_checked_before_it_is_imported(owing: Screens, field: int) -> None:
    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "75,00"))))

    app.text_input[field].set_value("").run()

    assert "vérifiez de nouveau" in app.info[0].value
    assert buttons(app) == [CHECK]


def test_another_batch_has_to_be_checked_before_it_is_imported(owing: Screens) -> None:
    pay_and_send(owing, "40.00")
    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "60,00"))))

    app.selectbox[0].select(0).run()

    assert "vérifiez de nouveau" in app.info[0].value
    assert imports(owing) == ()


# --- a file cut short -------------------------------------------------------------------------------------------------


def test_a_file_that_loses_many_documents_is_imported_only_once_somebody_vouches_for_it(owing: Screens) -> None:
    owing.world.customer("100300", "Érablière Fortin", due=[(f"G-{n}", "10.00", DUE) for n in range(39)])
    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "100,00"))))
    assert "39 des 40 documents ouverts disparaîtraient" in said(app)
    assert "Toutes les lignes sont bonnes" not in said(app)

    app = press(app, IMPORT)

    assert "Si le fichier est complet, cochez-le" in said(app)
    assert imports(owing) == ()
    app.checkbox[0].check()
    app.file_uploader[0].set_value(("open_items.csv", open_items_csv((ACCOUNT, "F-1", "99,00")), "text/csv")).run()
    app = checked(app)
    assert not app.checkbox[0].value, "of another file nobody has said so"
    app.checkbox[0].check()
    press(app, IMPORT)
    assert [done.row_count for done in imports(owing)] == [1]


def test_a_payment_refused_without_its_reversal_is_pointed_out(owing: Screens) -> None:
    world = owing.world
    customer = customers.account(world.db, ACCOUNT, by=world.supervisor, at=now()).customer
    receipt = payments.record(world.db, paying(world, customer, "40.00"), by=world.agent, at=world.later(seconds=1))
    undo(world, receipt, ReversalReason.DUPLICATE, WhereIsTheMoney.HANDED_BACK)
    exports.cut(world.db, new_key(), by=world.supervisor, at=world.later(seconds=1))
    refused = f"reference\n{receipt.number}\n".encode()

    app = checked(bring_open_items(owing, open_items_csv((ACCOUNT, "F-1", "100,00")), refused=refused))

    (warning,) = app.warning
    assert "1 paiement refusé a été contre-passé" in warning.value.replace("\\", "")
    assert records(app)[0]["Référence"] == receipt.number
