"""Commands run as people run them, on a database of the test's own, and what the tests of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from partnernet.domain.agents import Agent
from partnernet.storage import people, tables
from partnernet.storage.schema import open_database

CUSTOMERS = """account_number;name;address_line1;address_line2;city;province;postal_code;phone;language;terms
0012345;Locations Richard;1200, rue Ontario;;Montréal;QC;H2X 1Y4;514 285-9286;fr;open
0012346;Cœur d'Or;4, rang St-Jean;;St-Jérôme;QC;J7Z 1A1;;en;cash_only
"""
OPEN_ITEMS = """account_number,document_number,kind,document_date,due_date,amount,open_amount
0012345,F100,invoice,2026-08-15,2026-09-14,412.37,412.37
"""


@dataclass(frozen=True)
class Ran:
    """A command that has ended."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The only line on stderr of a command that failed."""
        assert self.status != 0
        assert "Traceback" not in self.err + self.out
        (line,) = self.err.splitlines()
        return line


Command = Callable[..., Ran]


def agent(url: str, login: str = "PA1234") -> Agent:
    with open_database(url).read() as connection:
        return people.agent_of_row(connection.execute(people.people().where(tables.app_user.c.login == login)).one())


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path
