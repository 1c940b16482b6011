"""« Décompte » as an agent works it in Streamlit's test harness: fields and buttons by their labels."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from partnernet.domain.counts import CountDraft, FrozenCount
from partnernet.domain.submissions import Submission
from partnernet.services import counts, submissions
from tests.support import counting
from tests.support.screens import Screens, words

SCREEN = "petite_caisse"
FLOAT_AND_125_05 = {"Billets de 100 $": "3", "Billets de 20 $": "1", "Billets de 5 $": "1", "Pièces de 5 ¢": "1"}
SHORT_OF_20 = {"Billets de 100 $": "2", "Billets de 20 $": "5", "Billets de 5 $": "1", "Pièces de 5 ¢": "1"}


def open_count(screens: Screens, **query: str) -> AppTest:
    return screens.open(SCREEN, screens.world.agent, vue="decompte", **query)


def begin(screens: Screens) -> AppTest:
    """A float of 200.00 and 125.05 in cash; the count has just begun."""
    counting.receive_float(screens.world, "200.00")
    counting.take_cash(screens.world, "125.05")
    return click(open_count(screens), "Commencer le décompte")


def click(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def type_in(app: AppTest, lines: dict[str, str]) -> AppTest:
    for label, typed in lines.items():
        app = next(field for field in app.text_input if field.label == label).set_value(typed).run()
    return app


def field(app: AppTest, label: str) -> str | None:
    return next(field for field in app.text_input if field.label == label).value


def frozen(screens: Screens, lines: dict[str, str]) -> AppTest:
    return click(type_in(begin(screens), lines), "Figer le décompte")


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def all_said(app: AppTest) -> str:
    """Everything on the screen, whatever drew it."""
    kinds = ("text", "markdown", "caption", "info", "warning", "error", "subheader", "header", "title")
    others = [str(element.value) for kind in kinds for element in getattr(app, kind)]
    labels = [box.label for box in app.checkbox]
    return f"{words(app)} {' '.join(others + labels)}".replace("\u00a0", " ")


def current(screens: Screens) -> CountDraft | FrozenCount | None:
    return counts.current(screens.world.db, by=screens.world.agent, at=screens.world.now)


def own(screens: Screens) -> tuple[Submission, ...]:
    return submissions.own(screens.world.db, by=screens.world.agent)


def key_of(app: AppTest) -> str:
    key = app.query_params["op"]
    return key if isinstance(key, str) else key[0]
