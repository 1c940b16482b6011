"""Whatever can be refused or asked can be said, in both languages, with its facts."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import pkgutil
import re
import typing
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType

import pytest

from partnernet import domain
from partnernet.domain.concerns import Concern
from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal
from partnernet.i18n import in_language
from partnernet.i18n.sentences import has_sentence, sentence
from partnernet.settings import ROOT


def refusals() -> list[type[Refusal]]:
    """Every class that can be raised: those with facts of their own, and those that nothing specialises."""
    for module in pkgutil.walk_packages(domain.__path__, "partnernet.domain."):
        importlib.import_module(module.name)
    return sorted(_below(Refusal), key=lambda kind: kind.__qualname__)


def _below(base: type[Refusal]) -> typing.Iterator[type[Refusal]]:
    for kind in base.__subclasses__():
        if "__dataclass_fields__" in vars(kind) or not kind.__subclasses__():
            yield kind
        yield from _below(kind)


def sample(hint: object) -> object:
    """A plausible fact of this type."""
    plain: dict[object, object] = {
        str: "AB<b>1</b>{x}",
        int: 3,
        bool: True,
        Money: Money(123_456),
        date: date(2026, 11, 24),
        datetime: datetime(2026, 11, 24, 19, 5, tzinfo=UTC),
    }
    if hint in plain:
        return plain[hint]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        return (sample(arguments[0]), sample(arguments[0]))
    if origin in (UnionType, typing.Union):
        return sample(arguments[0])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint))
    assert isinstance(hint, type), f"no sample for {hint}"
    return with_samples(hint)


def with_samples(kind: type) -> typing.Any:
    """A value of this dataclass, filled with samples."""
    if not dataclasses.is_dataclass(kind):
        return kind()
    hints = typing.get_type_hints(kind)
    facts = {field.name: sample(hints[field.name]) for field in dataclasses.fields(kind) if field.init}
    return kind(**facts)


REFUSALS = refusals()
CONCERNS: tuple[type, ...] = typing.get_args(Concern)


def test_the_refusals_are_found() -> None:
    assert {kind.__name__ for kind in REFUSALS} >= {"AmountAmbiguous", "NotPermitted", "ConfirmationNeeded"}
    assert len(CONCERNS) >= 7


def test_every_refusal_stands_in_the_domain_where_its_sentence_can_see_it() -> None:
    names = {"Refusal", *(kind.__name__ for kind in REFUSALS)}
    elsewhere = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in [*(ROOT / "partnernet").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
        if "domain" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and {base.id for base in node.bases if isinstance(base, ast.Name)} & names
    ]

    assert elsewhere == []


def test_a_refusal_that_nobody_says_is_noticed() -> None:
    class NeverSaid(Refusal):
        pass

    assert NeverSaid in set(_below(Refusal))
    assert not has_sentence(NeverSaid)


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("kind", [*REFUSALS, *CONCERNS], ids=lambda kind: kind.__name__)
def test_it_is_said_in_a_whole_sentence_with_its_facts(kind: type, code: str) -> None:
    assert has_sentence(kind), f"write its sentence in partnernet/i18n/sentences/: {kind.__module__}.{kind.__name__}"

    with in_language(code):
        said = sentence(with_samples(kind))

    assert re.search(r"[.?!:]$", said), said
    assert not re.search(r"\{(?!x\})", said), f"a fact is not filled in: {said}"
    assert len(said) < 400
