"""Counting a till: blind until it is frozen, one count however many browsers, what is frozen stays frozen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from partnernet.domain.agents import Agent
from partnernet.domain.counts import CountDraft, CountEntries, FrozenCount, NoCount, NoTill
from partnernet.domain.money import ZERO
from partnernet.domain.permissions import Role
from partnernet.domain.pieces import CountRefused
from partnernet.domain.refusals import NotPermitted
from partnernet.domain.reversals import ReversalReason
from partnernet.domain.till import TillOpenElsewhere
from partnernet.services import counts, reversals, till, till_reports
from partnernet.storage import tables
from tests.support.counting import (
    acts_in_journal,
    approve,
    assert_holds,
    assert_verified,
    count,
    postings,
    receive_float,
    send_back,
    submit,
    take_cash,
    take_cheque,
    typed,
)
from tests.support.requests import holding, money, reversing
from tests.support.world import World


def start(world: World, by: Agent | None = None) -> CountDraft:
    return counts.start(world.db, by=by or world.agent, at=world.later(minutes=1))


def save(
    world: World,
    draft: CountDraft,
    lines: dict[int, str],
    *,
    rolls: dict[int, str] | None = None,
    ticks: dict[int, bool] | None = None,
    by: Agent | None = None,
) -> CountDraft:
    entries = CountEntries(lines, rolls or {}, ticks or {})
    return counts.save(world.db, draft.id, entries, by=by or world.agent, at=world.now)


def freeze(world: World, draft: CountDraft, pieces: dict[str, int], by: Agent | None = None) -> FrozenCount:
    ticked = frozenset(cheque.id for cheque in draft.cheques)
    return counts.freeze(world.db, draft.id, typed(pieces), {}, ticked, by=by or world.agent, at=world.later(minutes=1))


def rows(world: World, table: str) -> int:
    with world.db.read() as connection:
        return connection.execute(select(func.count()).select_from(getattr(tables, table))).scalar_one()


# --- the draft ------------------------------------------------------------------------------------------------------


def test_a_till_that_never_held_anything_is_not_counted(world: World) -> None:
    with pytest.raises(NoTill):
        start(world)

    assert counts.current(world.db, by=world.agent, at=world.now) is None
    assert rows(world, "till_session") == 0, "counting must NOT open a till"


def test_a_draft_is_kept_exactly_as_it_was_typed_readable_or_not(world: World) -> None:
    paid = take_cheque(world, "60.00")
    draft = start(world)
    (cheque,) = draft.cheques

    save(world, draft, {5: "1,5", 2000: " 3"}, rolls={25: "-2"}, ticks={cheque.id: True})

    kept = counts.current(world.db, by=world.agent, at=world.now)
    assert isinstance(kept, CountDraft)
    assert (kept.typed, kept.rolls) == ({5: "1,5", 2000: " 3"}, {25: "-2"})
    assert kept.ticked == {cheque.id}
    assert (cheque.amount, cheque.drawer, cheque.post_dated) == (paid.amount, paid.customer.name, False)


def test_a_count_with_lines_that_cannot_be_read_is_not_frozen_and_loses_nothing(world: World) -> None:
    take_cash(world, "60.00")
    draft = start(world)
    save(world, draft, {2000: "trois"})

    with pytest.raises(CountRefused) as refused:
        counts.freeze(world.db, draft.id, {2000: "trois", 5: "1,5"}, {}, frozenset(), by=world.agent, at=world.now)

    assert [line.typed for line in refused.value.refusals] == ["1,5", "trois"]
    kept = counts.current(world.db, by=world.agent, at=world.now)
    assert isinstance(kept, CountDraft), "it must NOT be frozen"
    assert kept.typed == {2000: "trois"}
    take_cash(world, "5.00")
    assert freeze(world, draft, {"20": 3, "5": 1}).difference == ZERO, "the till must NOT have been closed"


def test_a_count_is_of_ones_own_till_only(world: World) -> None:
    take_cash(world, "60.00")
    draft = start(world)

    for stranger in (world.other_agent, world.supervisor):
        with pytest.raises(NoCount):
            save(world, draft, {2000: "1"}, by=stranger)
        with pytest.raises(NoCount):
            freeze(world, draft, {"20": 1}, by=stranger)
        with pytest.raises(NoCount):
            counts.drop(world.db, draft.id, by=stranger, at=world.now)
    assert counts.current(world.db, by=world.agent, at=world.now) == draft


def test_who_keeps_no_till_counts_none(world: World) -> None:
    auditor = world.person("AU1000", "Léa Roy", Role.AUDITOR, world.branch)

    with pytest.raises(NotPermitted):
        start(world, auditor)


def test_a_till_left_open_in_another_branch_is_not_counted_from_this_one(world: World) -> None:
    take_cash(world, "60.00")
    moved = replace(world.agent, branch=world.new_branch("QUE", "Québec"))

    with pytest.raises(TillOpenElsewhere) as refused:
        start(world, moved)

    assert refused.value.branch_code == "MTL"
    assert count(world, {"20": 3}).difference == ZERO


# --- blind ----------------------------------------------------------------------------------------------------------


def test_while_a_count_is_open_nobody_sees_that_agents_figures(world: World) -> None:
    take_cash(world, "60.00")
    take_cash(world, "25.00", agent=world.other_agent)
    draft = start(world)

    position = till.position(world.db, by=world.agent)
    report = till_reports.current(world.db, by=world.agent, at=world.now)
    glance = till.day_of(world.db, by=world.agent, at=world.now)

    assert (position.figures, glance.position.figures) == (None, None)
    assert (report.blind, report.movements, report.closing) == (True, (), ()), "a movement would tell"
    assert holding(world, world.other_agent).expected_cash == money("25.00"), "the colleague's stay in sight"
    freeze(world, draft, {"20": 3})
    assert holding(world, world.agent).expected_cash == money("60.00")


def test_the_first_count_is_blind_and_a_recount_is_not_and_both_are_kept(world: World) -> None:
    receive_float(world)
    take_cash(world, "60.00")
    first = count(world, {"100": 2, "20": 2})

    second = count(world, {"100": 2, "20": 3})

    assert (first.number, first.blind, first.difference) == (1, True, money("-20.00"))
    assert (second.number, second.blind, second.difference) == (2, False, ZERO)
    submitted = submit(world, second)
    assert submitted.count == second
    assert [(each.number, each.blind, each.counted) for each in submitted.recounts] == [(1, True, money("240.00"))]


def test_after_a_return_the_figures_are_known_so_the_next_count_is_not_blind(world: World) -> None:
    take_cash(world, "60.00")
    send_back(world, submit(world, count(world, {"20": 3})))

    assert not start(world).blind
    assert start(world, _with_a_till(world, world.other_agent)).blind, "a colleague's count must NOT suffer for it"


def test_the_day_after_an_approved_return_is_blind_again(world: World) -> None:
    take_cash(world, "60.00")
    send_back(world, submit(world, count(world, {"20": 3})))
    approve(world, submit(world, count(world, {"20": 3})))

    world.later(days=1)

    assert start(world).blind


def _with_a_till(world: World, agent: Agent) -> Agent:
    take_cash(world, "5.00", agent=agent)
    return agent


def test_two_browsers_count_one_till_in_one_draft(world: World) -> None:
    take_cash(world, "60.00")

    first, second = start(world), start(world)

    assert first.id == second.id
    save(world, first, {2000: "2", 5: "7"})
    kept = save(world, second, {2000: "3"})
    assert kept.typed == {2000: "3", 5: "7"}, "the second browser must NOT wipe out the other lines of the first"
    frozen = freeze(world, first, {"20": 3})
    with pytest.raises(NoCount):
        save(world, second, {2000: "4"})
    assert freeze(world, second, {"20": 4}) == frozen, "the second browser must NOT change what was frozen"
    assert rows(world, "till_count") == 1


# --- money moves meanwhile ------------------------------------------------------------------------------------------


def test_a_payment_taken_while_counting_is_expected_and_said(world: World) -> None:
    take_cash(world, "60.00")
    draft = start(world)
    assert draft.payments_since == 0

    take_cash(world, "20.00")
    take_cheque(world, "30.00")

    now_open = counts.current(world.db, by=world.agent, at=world.now)
    assert isinstance(now_open, CountDraft)
    assert (now_open.payments_since, len(now_open.cheques)) == (2, 1)
    assert freeze(world, now_open, {"20": 4}).difference == ZERO


def test_payments_before_the_count_are_not_said_to_be_during_it_even_when_the_clock_stands_still(world: World) -> None:
    take_cash(world, "60.00")
    world.now -= timedelta(hours=1)  # the clock went back: everything now happens at the instant of the last posting

    draft = counts.start(world.db, by=world.agent, at=world.now)

    assert draft.payments_since == 0


def test_a_payment_after_freezing_belongs_to_the_next_session(world: World) -> None:
    receive_float(world)
    take_cash(world, "60.00")
    frozen = count(world, {"100": 2, "20": 3})

    take_cash(world, "35.00")

    assert counts.current(world.db, by=world.agent, at=world.now) == frozen, "a frozen count must NOT move"
    submitted = submit(world, frozen)
    assert submitted.bag.cash == money("60.00")
    assert_holds(world, world.agent, drawer="235.00", cheques="0.00", owed="95.00", float_present="200.00")
    following = count(world, {"100": 2, "20": 1, "10": 1, "5": 1})
    assert following.difference == ZERO
    assert submit(world, following).bag.cash == money("35.00")
    assert_verified(world)


def test_what_could_explain_a_difference_is_pointed_out(world: World) -> None:
    receive_float(world)
    suspect = take_cash(world, "10.00")
    take_cash(world, "60.00")

    frozen = count(world, {"100": 2, "20": 2, "10": 1})

    assert frozen.difference == money("-20.00")
    assert [payment.receipt_number for payment in frozen.suspects] == [suspect.number]


# --- cheques --------------------------------------------------------------------------------------------------------


def test_a_cheque_that_is_not_ticked_is_missing(world: World) -> None:
    take_cheque(world, "60.00")
    lost = take_cheque(world, "40.00")

    frozen = count(world, {}, untick=1)

    assert [cheque.amount for cheque in frozen.cheques] == [money("60.00")]
    assert [cheque.amount for cheque in frozen.missing] == [lost.amount]
    assert frozen.difference == ZERO, "a missing cheque is NOT missing cash"


def test_only_ones_own_cheques_on_hand_can_be_ticked(world: World) -> None:
    take_cheque(world, "60.00")
    take_cheque(world, "40.00", agent=world.other_agent)
    draft = start(world)
    (own,) = draft.cheques
    everything = frozenset(range(own.id - 5, own.id + 5))

    frozen = counts.freeze(world.db, draft.id, {}, {}, everything, by=world.agent, at=world.now)

    assert [cheque.id for cheque in frozen.cheques] == [own.id]


def test_a_cheque_that_was_reversed_is_not_looked_for(world: World) -> None:
    paid = take_cheque(world, "60.00")
    reversals.reverse(
        world.db,
        reversing(paid.number, reason=ReversalReason.WRONG_AMOUNT),
        by=world.supervisor,
        at=world.now,
        proved_at=world.now,
    )

    draft = start(world)

    assert draft.cheques == ()
    assert freeze(world, draft, {}).missing == ()


# --- giving up ------------------------------------------------------------------------------------------------------


def test_a_count_that_is_dropped_is_forgotten_and_the_journal_knows(world: World) -> None:
    take_cash(world, "60.00")
    before = postings(world)
    draft = start(world)
    save(world, draft, {2000: "3"})

    counts.drop(world.db, draft.id, by=world.agent, at=world.later(minutes=1))

    assert counts.current(world.db, by=world.agent, at=world.now) is None
    assert holding(world, world.agent).expected_cash == money("60.00")
    assert acts_in_journal(world)[-2:] == ["count.started", "count.dropped"]
    assert postings(world) == before
    again = start(world)
    assert (again.number, again.blind, again.typed) == (1, True, {})


def test_a_dropped_count_is_neither_saved_frozen_nor_dropped_again(world: World) -> None:
    take_cash(world, "60.00")
    draft = start(world)
    counts.drop(world.db, draft.id, by=world.agent, at=world.now)

    with pytest.raises(NoCount):
        save(world, draft, {2000: "3"})
    with pytest.raises(NoCount):
        freeze(world, draft, {"20": 3})
    with pytest.raises(NoCount):
        counts.drop(world.db, draft.id, by=world.agent, at=world.now)


def test_a_frozen_count_is_not_dropped(world: World) -> None:
    take_cash(world, "60.00")
    frozen = count(world, {"20": 3})

    with pytest.raises(NoCount):
        counts.drop(world.db, frozen.id, by=world.agent, at=world.now)

    assert counts.current(world.db, by=world.agent, at=world.now) == frozen


# --- the database by itself -----------------------------------------------------------------------------------------


def test_a_session_has_one_open_count_whatever_reaches_the_database(world: World) -> None:
    take_cash(world, "60.00")
    draft = start(world)
    values = {
        "till_session_id": draft.session_id,
        "number": 2,
        "blind": True,
        "counted_by_id": world.agent.id,
        "started_at": world.now,
        "draft": "{}",
    }

    with pytest.raises(IntegrityError), world.db.write() as connection:
        connection.execute(tables.till_count.insert().values(**values))

    assert rows(world, "till_count") == 1


def test_a_count_cannot_be_half_frozen(world: World) -> None:
    take_cash(world, "60.00")
    start(world)

    with pytest.raises(IntegrityError), world.db.write() as connection:
        connection.execute(update(tables.till_count).values(frozen_at=world.now))
