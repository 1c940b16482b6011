"""« Contre-passations » as a supervisor works it in Streamlit's test harness: questions and buttons by their labels."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.domain.receipts import Receipt
from partnernet.services import payments
from tests.support.approvals import press
from tests.support.requests import new_key
from tests.support.screens import Screens

SCREEN = "contre_passations"
KEPT = "Gardé : seule l'inscription est fausse"


def open_receipt(screens: Screens, paid: Receipt, *, by: Agent | None = None, key: str | None = None) -> AppTest:
    """The correction of one receipt."""
    return screens.open(SCREEN, by or screens.world.supervisor, recu=paid.number, op=key or new_key())


def answer(app: AppTest, question: str, words: str) -> AppTest:
    """Choose one of the answers to a question."""
    return next(radio for radio in app.radio if radio.label == question).set_value(words).run()


def options(app: AppTest, question: str) -> list[str]:
    """The answers that a question offers."""
    return list(next(radio for radio in app.radio if radio.label == question).options)


def fill(app: AppTest, **fields: str) -> AppTest:
    """Type into fields by their labels, underscores read as blanks, and leave each of them."""
    for label, text in fields.items():
        field = next(field for field in app.text_input if field.label == label.replace("_", " "))
        app = field.set_value(text).run()
    return app


def note(app: AppTest, text: str) -> AppTest:
    """Type the note; it leaves with the button."""
    app.text_area[0].set_value(text)
    return app


def correct(app: AppTest, text: str = "mal inscrit") -> AppTest:
    """Say why, and press the one button."""
    note(app, text)
    label = next(button.label for button in app.button if button.label.startswith("Contre-passer"))
    return press(app, label)


def now_reads(screens: Screens, number: str) -> Receipt:
    """A receipt as it is in the ledger."""
    return payments.receipt(screens.world.db, number, by=screens.world.supervisor)
