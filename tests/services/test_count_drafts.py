"""A count's draft: what is typed is kept line by line, from whichever browser it comes."""

from __future__ import annotations

import pytest

from partnernet.domain.counts import CountDraft, CountEntries, FrozenCount, NoCount
from partnernet.services import counts, payments
from tests.support.requests import a_cheque, money, paying
from tests.support.world import World


@pytest.fixture
def draft(world: World) -> CountDraft:
    """A till with 60.00 in cash and two cheques, its count just begun."""
    customer = world.customer("100245", due=[("F-1", "1000.00", world.today)])
    for amount, cheque in (("60.00", None), ("412.37", a_cheque("000412")), ("300.00", a_cheque("000413"))):
        payments.record(
            world.db, paying(world, customer, amount, cheque=cheque), by=world.agent, at=world.later(minutes=7)
        )
    return counts.start(world.db, by=world.agent, at=world.later(minutes=1))


def _save(world: World, count_id: int, entries: CountEntries) -> CountDraft:
    return counts.save(world.db, count_id, entries, by=world.agent, at=world.later(seconds=5))


def _current(world: World) -> CountDraft | FrozenCount | None:
    return counts.current(world.db, by=world.agent, at=world.now)


def test_each_line_is_kept_as_it_was_typed_and_leaves_the_others_alone(world: World, draft: CountDraft) -> None:
    _save(world, draft.id, CountEntries(typed={2000: "1,5", 5: " 3 "}))
    _save(world, draft.id, CountEntries(rolls={5: "2"}, typed={5: ""}))

    kept = _current(world)

    assert isinstance(kept, CountDraft)
    assert kept.typed == {2000: "1,5", 5: ""}
    assert kept.rolls == {5: "2"}


def test_the_last_writer_of_a_line_wins(world: World, draft: CountDraft) -> None:
    _save(world, draft.id, CountEntries(typed={2000: "3", 500: "4"}))

    kept = _save(world, draft.id, CountEntries(typed={2000: "2"}))

    assert kept.typed == {2000: "2", 500: "4"}


def test_cheques_are_ticked_and_unticked_one_by_one(world: World, draft: CountDraft) -> None:
    first, second = (cheque.id for cheque in draft.cheques)
    _save(world, draft.id, CountEntries(ticks={first: True}))
    _save(world, draft.id, CountEntries(ticks={second: True}))

    kept = _save(world, draft.id, CountEntries(ticks={first: False}))

    assert kept.ticked == {second}


def test_a_very_long_text_is_kept_up_to_its_limit(world: World, draft: CountDraft) -> None:
    kept = _save(world, draft.id, CountEntries(typed={5: "9" * 100_000}))

    assert kept.typed == {5: "9" * 40}


def test_nothing_is_typed_into_a_count_that_was_frozen_or_given_up(world: World, draft: CountDraft) -> None:
    counts.freeze(world.db, draft.id, {2000: "3"}, {}, frozenset(), by=world.agent, at=world.later(minutes=1))

    with pytest.raises(NoCount):
        _save(world, draft.id, CountEntries(typed={2000: "4"}))

    recount = counts.start(world.db, by=world.agent, at=world.later(minutes=1))
    counts.drop(world.db, recount.id, by=world.agent, at=world.later(minutes=1))
    with pytest.raises(NoCount):
        _save(world, recount.id, CountEntries(typed={2000: "4"}))
    frozen = _current(world)
    assert isinstance(frozen, FrozenCount)
    assert frozen.counted == money("60.00")


def test_nobody_types_into_the_count_of_another(world: World, draft: CountDraft) -> None:
    with pytest.raises(NoCount):
        counts.save(
            world.db, draft.id, CountEntries(typed={2000: "9"}), by=world.other_agent, at=world.later(minutes=1)
        )

    kept = _current(world)
    assert isinstance(kept, CountDraft)
    assert kept.typed == {}
