"""The screen of the exchanges as a supervisor works it, and files as the principal sends them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from streamlit.testing.v1 import AppTest

from partnernet.clock import now
from partnernet.domain.agents import Agent
from partnernet.domain.customer_file import COLUMNS as CUSTOMER_COLUMNS
from partnernet.domain.open_item_file import COLUMNS as OPEN_ITEM_COLUMNS
from tests.support.approvals import press
from tests.support.screens import Screens

SCREEN = "echanges"
CHECK, IMPORT = "Vérifier le fichier", "Importer"


def customers_csv(*rows: Sequence[str]) -> bytes:
    """``customers.csv`` with these customers: an account number and a name, the rest filled in."""
    filled = [
        (*row, "1200, rue Ontario", "", "Montréal", "QC", "H2X 1Y4", "514 285-9286", "fr", "open") for row in rows
    ]
    return _csv(CUSTOMER_COLUMNS, filled)


def open_items_csv(*rows: Sequence[str]) -> bytes:
    """``open_items.csv`` with these invoices: an account, a document and what is open of it."""
    filled = [(*row[:2], "invoice", "2026-10-01", "2026-10-31", row[2], row[2]) for row in rows]
    return _csv(OPEN_ITEM_COLUMNS, filled)


def _csv(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    return "".join(";".join(row) + "\r\n" for row in (columns, *rows)).encode("utf-8-sig")


def bring(screens: Screens, content: bytes, *, by: Agent | None = None, file_name: str = "customers.csv") -> AppTest:
    """The screen with a file of customers chosen, not yet checked."""
    app = screens.open(SCREEN, by or screens.world.supervisor, vue="fichiers", fichier="clients")
    app.file_uploader[0].set_value((file_name, content, "text/csv"))
    return app


def bring_open_items(
    screens: Screens, content: bytes, *, by: Agent | None = None, hours_ago: float = 0, refused: bytes = b""
) -> AppTest:
    """The screen with a file of open items of this minute, or of some hours ago, not yet checked."""
    app = screens.open(SCREEN, by or screens.world.supervisor, vue="fichiers", fichier="documents")
    local = (now() - timedelta(hours=hours_ago)).astimezone(ZoneInfo(screens.world.branch.timezone))
    app.file_uploader[0].set_value(("open_items.csv", content, "text/csv"))
    if refused:
        app.file_uploader[1].set_value(("refused.csv", refused, "text/csv"))
    app.text_input[0].set_value(f"{local:%Y-%m-%d}")
    app.text_input[1].set_value(f"{local:%H:%M}").run()
    return app


def checked(app: AppTest) -> AppTest:
    """The same once the file is checked."""
    return press(app, CHECK)
