"""The page of an account as a person reads it, and accounts to open on it."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

from streamlit.testing.v1 import AppTest

from partnernet.domain.agents import Agent
from partnernet.domain.customers import Customer
from partnernet.domain.receipts import Receipt
from partnernet.services import payments
from tests.support.requests import a_cheque, paying
from tests.support.screens import Screens, words

PAGE = "releve"
LONG_NAME = ("Coopérative de transport et d'entreposage des Îles-de-la-Madeleine et du Nunavik — " * 3)[:200]


def said(app: AppTest) -> str:
    """What the screen says, as a person reads it."""
    return unescape(words(app))


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def links(app: AppTest) -> dict[str, str]:
    """The addresses of the link buttons by label."""
    return {element.proto.label: element.proto.url for element in app.get("link_button")}


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in app.header]


def query(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def days(start: date, end: date) -> dict[str, str]:
    return {"du": str(start), "au": str(end)}


def owing(screens: Screens, number: str = "123456", **details: object) -> Customer:
    """An account that owes 412.37 since twelve days and 88.11 from today."""
    today = screens.world.today
    due = [("F1", "412.37", today - timedelta(days=12)), ("F2", "88.11", today)]
    return screens.world.customer(number, due=due, **details)  # type: ignore[arg-type]


def pay(screens: Screens, customer: Customer, amount: str, *, cheque: str = "", by: Agent | None = None) -> Receipt:
    world = screens.world
    sheet = a_cheque(cheque, dated=world.today) if cheque else None
    request = paying(world, customer, amount, cheque=sheet)
    return payments.record(world.db, request, by=by or world.agent, at=world.later(seconds=1))
