"""Values of the field never change once made, and every refusal can be raised, kept and told apart."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

from partnernet import domain
from partnernet.domain.refusals import Refusal


def _values() -> list[type]:
    """Every dataclass of the domain, each once."""
    found: dict[type, None] = {}
    for module in pkgutil.walk_packages(domain.__path__, "partnernet.domain."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if dataclasses.is_dataclass(kind) and kind.__module__ == module.name:
                found[kind] = None
    return list(found)


VALUES = [kind for kind in _values() if not issubclass(kind, Exception)]
REFUSALS = [kind for kind in _values() if issubclass(kind, Refusal)]


def test_the_values_and_the_refusals_are_found() -> None:
    assert {"Money", "Cheque", "Entry", "Receipt", "Standing"} <= {kind.__name__ for kind in VALUES}
    assert len(REFUSALS) > 20


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
def test_a_value_is_frozen_and_holds_nothing_but_its_fields(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert not hasattr(object.__new__(kind), "__dict__")


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_refusal_is_equal_to_itself_only(kind: type[Refusal]) -> None:
    """Two refusals with the same facts are two events; an exception without a hash breaks its own traceback."""
    assert kind.__eq__ is BaseException.__eq__
    assert kind.__hash__ is BaseException.__hash__
