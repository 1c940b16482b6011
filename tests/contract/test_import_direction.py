"""Who may import whom: `pages → web → services → storage → domain`, and the one room for each tool.

The rules are read from the source with `ast`; each has a control below that breaks it.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from partnernet.settings import ROOT
from partnernet.storage.tables import LEDGER_TABLES

# What each part may import of PartnerNET, besides itself. `top` is settings, clock and incidents.
MAY_IMPORT = {
    "domain": set(),
    "i18n": {"domain"},
    "documents": {"domain", "i18n"},
    "storage": {"domain"},
    "services": {"domain", "storage"},
    "web": {"domain", "i18n", "documents", "services", "storage", "top"},
    "pages": {"domain", "i18n", "services", "web", "top"},
    "cli": {"domain", "i18n", "documents", "services", "storage", "top"},
    "launcher": {"web", "top"},
    "top": set(),
}
# The only parts that may import a library; the others may not.
ONLY_IN = {
    "streamlit": {"pages", "web", "launcher"},
    "fpdf": {"documents"},
    "sqlalchemy": {"storage", "services"},
    "alembic": {"storage"},
}
DOMAIN_LIBRARIES = sys.stdlib_module_names | {"phonenumbers"}
LEDGER_NAMES = {table.name for table in LEDGER_TABLES}
LEDGER_SQL = re.compile(rf"\b(INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?({'|'.join(LEDGER_NAMES)})\b", re.IGNORECASE)
PARTS = {"cli": "cli", "demo": "cli", "__main__": "cli", "settings": "top", "clock": "top", "incidents": "top"}


def part_of(module: str) -> str:
    """The part that a dotted module of this repository belongs to."""
    first, *rest = module.split(".")
    if first == "partnernet":
        return PARTS.get(rest[0], rest[0]) if rest else "top"
    return {"streamlit_app": "launcher"}.get(first, first)


def violations(path: str, source: str) -> Iterator[str]:
    """One sentence for each rule that the file at `path` (relative, with slashes) breaks."""
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    part, tree = part_of(module), ast.parse(source)
    for imported, name in _imports(tree):
        library = imported.partition(".")[0]
        if library in ("partnernet", "pages"):
            target = part_of(f"{imported}.{name}" if imported == "partnernet" else imported)
            if target not in MAY_IMPORT[part] | {part}:
                yield f"{path}: {part} imports {target}"
            if part == target == "services" and name.startswith("_"):
                yield f"{path}: imports {name}, which is internal to {imported}"
        elif part not in ONLY_IN.get(library, {part}):
            yield f"{path}: {part} imports {library}"
        elif part == "domain" and library not in DOMAIN_LIBRARIES:
            yield f"{path}: domain is pure and imports {library}"
    if part == "web" and module.rpartition(".")[2] in sys.stdlib_module_names:
        yield f"{path}: a module of web is named like a standard one"
    # A migration that makes a table anew brings its rows over.
    if path != "partnernet/storage/ledger.py" and not module.startswith("partnernet.storage.migrations."):
        yield from (f"{path}:{line}: writes a ledger table" for line in _ledger_writes(tree))


def _imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each import, as (module, name); the name is empty for a plain `import module`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((node.module or "", alias.name) for alias in node.names)


def _ledger_writes(tree: ast.AST) -> Iterator[int]:
    """Lines that insert into, update or delete from a ledger table, by expression or by SQL text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in ("insert", "update", "delete"):
            owner = [node.func.value] if isinstance(node.func, ast.Attribute) else []
            if LEDGER_NAMES & {_last_name(expression) for expression in [*owner, *node.args]}:
                yield node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and LEDGER_SQL.search(node.value):
            yield node.lineno


def _last_name(expression: ast.expr) -> str:
    """`payment` for both `payment` and `tables.payment`."""
    return str(getattr(expression, "attr", getattr(expression, "id", "")))


def test_no_module_imports_against_the_direction() -> None:
    files = [ROOT / "streamlit_app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "partnernet").rglob("*.py")]

    found = [
        sentence
        for file in files
        for sentence in violations(file.relative_to(ROOT).as_posix(), file.read_text("utf-8"))
    ]

    assert len(files) > 40, "the files were not found"
    assert found == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/paiement.py", "from partnernet.storage.database import Database"),
        ("pages/paiement.py", "from partnernet import storage"),
        ("pages/paiement.py", "import sqlalchemy as sa"),
        ("partnernet/web/guard.py", "import pages.paiement"),
        ("partnernet/web/main.py", "from partnernet import cli"),
        ("partnernet/web/calendar.py", ""),
        ("partnernet/services/payments.py", "import streamlit"),
        ("partnernet/services/payments.py", "from partnernet.web.runtime import database"),
        ("partnernet/services/payments.py", "from partnernet.services.users import _hash"),
        ("partnernet/services/payments.py", "from fpdf import FPDF"),
        ("partnernet/services/payments.py", "connection.execute(insert(payment).values())"),
        ("partnernet/services/payments.py", "connection.execute(tables.posting.insert())"),
        ("partnernet/services/payments.py", "text('DELETE FROM payment')"),
        ("partnernet/storage/tables/ledger.py", "connection.execute(update(tables.reversal))"),
        ("partnernet/storage/database.py", "from partnernet.services import payments"),
        ("partnernet/domain/money.py", "from partnernet.storage import tables"),
        ("partnernet/domain/money.py", "import pandas"),
        ("partnernet/domain/money.py", "if TYPE_CHECKING:\n    from partnernet.clock import now"),
        ("partnernet/i18n/formats.py", "from partnernet.settings import settings"),
        ("partnernet/documents/receipt.py", "from partnernet.services import payments"),
        ("partnernet/cli.py", "from partnernet.web import guard"),
        ("partnernet/demo.py", "import streamlit.config"),
    ],
)
def test_each_rule_of_direction_refuses_what_breaks_it(path: str, source: str) -> None:
    assert len(list(violations(path, source))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("pages/paiement.py", "import streamlit as st\nfrom partnernet.services import payments"),
        ("partnernet/services/payments.py", "from partnernet.storage import ledger, tables\nselect(payment)"),
        ("partnernet/storage/ledger.py", "connection.execute(insert(payment).values())"),
        ("partnernet/services/users.py", "connection.execute(insert(app_user))\nerrors.update(payment_errors)"),
        ("partnernet/domain/phones.py", "import phonenumbers\nfrom partnernet.domain.refusals import Refusal"),
    ],
)
def test_the_rules_of_direction_leave_ordinary_modules_alone(path: str, source: str) -> None:
    assert list(violations(path, source)) == []
