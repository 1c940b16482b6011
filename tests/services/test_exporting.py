"""Cutting a batch: each payment and reversal goes out once, in order, never early; the file never changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from partnernet.domain.agents import console_operator
from partnernet.domain.batches import Anchor, BatchFile, BatchNotFound, BatchWithoutDeposits
from partnernet.domain.keys import KeyMalformed
from partnernet.domain.permissions import Role
from partnernet.domain.petty_cash import VoucherCategory, VoucherRequest
from partnernet.domain.receipts import Receipt
from partnernet.domain.refusals import NotPermitted, OtherContentForKey
from partnernet.services import exports, petty_cash, reversals, verification
from partnernet.storage import tables
from tests.support.batches import OPERATOR, cut, file, references, rows
from tests.support.counting import acts_in_journal, assert_verified, receive_float, take_cash, take_cheque
from tests.support.requests import money, new_key, paying, reversing
from tests.support.sharing import first_share, fortin, pays, richard
from tests.support.world import World


def reverse(world: World, paid: Receipt) -> None:
    reversals.reverse(
        world.db, reversing(paid.number), by=world.supervisor, at=world.later(minutes=1), proved_at=world.now
    )


def test_a_batch_holds_every_payment_and_reversal_as_documented(world: World) -> None:
    paid = take_cash(world, "10.02")
    take_cheque(world, "412.37")
    reverse(world, paid)

    batch = cut(world)

    assert file(world, 1).decode() == (
        "batch,line,kind,reference,receipt_number,branch,account_number,business_date,posted_at,tender,amount,received,"
        "cheque_number,cheque_institution,cheque_date,agent,reason\n"
        "1,1,payment,MTL-000001,MTL-000001,MTL,500001,2026-11-24,2026-11-24T19:06:00Z,cash,10.02,10.00,,,,PA1234,\n"
        "1,2,payment,MTL-000002,MTL-000002,MTL,500002,2026-11-24,2026-11-24T19:07:00Z,cheque,412.37,412.37,"
        "500002,006,2026-11-24,PA1234,\n"
        "1,3,reversal,MTL-000001-R,MTL-000001,MTL,500001,2026-11-24,2026-11-24T19:08:00Z,cash,10.02,10.00,,,,SU1000,"
        "wrong_amount\n"
    )
    assert batch is not None
    assert (batch.number, batch.payment_count, batch.reversal_count, batch.deposit_count) == (1, 2, 1, 0)
    assert (batch.payments, batch.reversals, batch.net) == (money("422.39"), money("10.02"), money("412.37"))
    assert (batch.cut_at, batch.cut_by) == (world.now, "j.operateur")
    assert batch.files == (BatchFile.PAYMENTS,)
    assert_verified(world)


def test_a_batch_is_anchored_in_the_chain_of_each_branch(world: World) -> None:
    world.new_branch("QUE", "Québec")
    take_cash(world, "20.00")

    batch = cut(world)

    heads = verification.verify(world.db, by=OPERATOR).heads
    assert batch is not None
    assert batch.anchors == tuple(Anchor(*head) for head in heads)
    assert [anchor.sequence for anchor in batch.anchors] == [1, 0]


def test_nothing_goes_out_twice_and_an_empty_batch_takes_no_number(world: World) -> None:
    take_cash(world, "20.00")
    cut(world)

    assert cut(world) is None
    take_cash(world, "30.00")
    batch = cut(world)

    assert batch is not None
    assert (batch.number, references(world, 2)) == (2, ["MTL-000002"])
    assert [each.number for each in exports.batches(world.db, by=OPERATOR)] == [2, 1]
    assert exports.last(world.db, by=OPERATOR) == batch


def test_before_the_first_payment_there_is_no_batch(world: World) -> None:
    assert cut(world) is None

    assert exports.batches(world.db, by=OPERATOR) == ()
    assert exports.last(world.db, by=OPERATOR) is None
    assert acts_in_journal(world) == []


def test_a_post_dated_cheque_waits_for_its_date_and_goes_on_it(world: World) -> None:
    take_cheque(world, "300.00", dated=world.today + timedelta(days=1))

    assert cut(world) is None

    world.later(days=1)
    assert cut(world) is not None
    assert references(world, 1) == ["MTL-000001"]
    assert cut(world) is None


def test_a_post_dated_cheque_reversed_before_its_date_goes_on_it_with_its_reversal(world: World) -> None:
    reverse(world, take_cheque(world, "300.00", dated=world.today + timedelta(days=2)))
    take_cash(world, "20.00")

    cut(world)
    world.later(days=2)
    cut(world)

    assert references(world, 1) == ["MTL-000002"]
    assert references(world, 2) == ["MTL-000001", "MTL-000001-R"]
    assert_verified(world)


def test_the_reversal_of_a_payment_that_went_out_goes_in_the_next_batch(world: World) -> None:
    paid = take_cash(world, "20.00")
    cut(world)
    reverse(world, paid)

    batch = cut(world)

    assert references(world, 2) == ["MTL-000001-R"]
    assert batch is not None
    assert (batch.payment_count, batch.reversal_count, batch.net) == (0, 1, money("-20.00"))
    assert_verified(world)


def test_floats_vouchers_and_the_reversal_of_a_voucher_are_not_for_the_principal(world: World) -> None:
    receive_float(world)
    request = VoucherRequest(
        new_key(), world.today, "Postes Canada", "timbres", VoucherCategory.POSTAGE, money("12.00"), receipt_kept=True
    )
    voucher = petty_cash.pay_voucher(world.db, request, by=world.agent, at=world.later(minutes=1))
    petty_cash.reverse_voucher(world.db, voucher.posting_id, new_key(), by=world.agent, at=world.later(minutes=1))

    assert cut(world) is None


def test_branches_go_by_their_code_each_on_its_own_business_date(world: World) -> None:
    """At half past midnight in Montréal it is still the day before in Calgary."""
    calgary = world.person("PC0001", "Eva Roy", Role.AGENT, world.new_branch("CGY", "Calgary", "America/Edmonton"))
    world.now = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    tomorrow = world.today + timedelta(days=1)
    take_cheque(world, "300.00", dated=tomorrow)
    take_cheque(world, "200.00", dated=tomorrow, agent=calgary)
    take_cash(world, "20.00", agent=calgary)
    world.now = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)

    cut(world)
    world.later(hours=2)
    cut(world)

    assert references(world, 1) == ["CGY-000002", "MTL-000001"]
    assert references(world, 2) == ["CGY-000001"]
    assert [row["business_date"] for row in rows(file(world, 1))] == ["2026-11-24", "2026-11-24"]
    assert_verified(world)


def test_a_cheque_for_two_accounts_is_two_lines_each_with_what_its_account_was_paid(world: World) -> None:
    shared = first_share(world, richard(world))
    pays(world, paying(world, fortin(world), "150.00", sheet=shared.cheque_id))

    cut(world)

    lines = [(row["account_number"], row["cheque_number"], row["amount"]) for row in rows(file(world, 1))]
    assert lines == [("100001", "000123", "350.00"), ("100002", "000123", "150.00")]


def test_a_batch_comes_again_byte_for_byte_whatever_has_changed_since(world: World) -> None:
    paid = take_cash(world, "20.00")
    cut(world)
    before = file(world, 1)

    reverse(world, paid)
    with world.db.write() as connection:
        connection.execute(tables.customer.update().values(name="=1+1", city="Québec"))
        connection.execute(tables.app_user.update().values(name="<b>", active=False))
        connection.execute(tables.branch.update().values(name="Laval", timezone="America/Vancouver"))
    cut(world)

    assert file(world, 1) == before


def test_no_cell_can_become_a_formula(world: World) -> None:
    reverse(world, take_cheque(world, "412.37"))
    reverse(world, take_cash(world, "10.02"))

    cut(world)

    cells = [cell for row in rows(file(world, 1)) for cell in row.values() if cell]
    assert all(cell[0].isalnum() for cell in cells)


def test_the_same_key_gives_the_same_batch_whatever_was_paid_since(world: World) -> None:
    take_cash(world, "20.00")
    key = new_key()
    first = cut(world, key)
    take_cash(world, "30.00")

    assert cut(world, key) == first
    assert exports.by_key(world.db, key, by=OPERATOR) == first
    assert len(exports.batches(world.db, by=OPERATOR)) == 1


def test_the_key_of_somebody_else_cuts_nothing(world: World) -> None:
    take_cash(world, "20.00")
    key = new_key()
    cut(world, key)

    with pytest.raises(OtherContentForKey):
        cut(world, key, by=world.supervisor)
    with pytest.raises(KeyMalformed):
        cut(world, "short")


def test_a_clock_that_went_back_dates_no_batch_before_what_it_holds_or_the_batch_before(world: World) -> None:
    take_cash(world, "20.00")
    paid_at = world.now
    world.later(hours=-5)
    first = cut(world)
    assert first is not None
    assert first.cut_at == paid_at

    world.later(days=-1)
    take_cash(world, "30.00")
    second = cut(world)
    assert second is not None
    assert second.cut_at == paid_at


def test_only_supervisors_and_the_console_cut_and_an_auditor_reads(world: World) -> None:
    take_cash(world, "20.00")
    auditor = world.person("AU1", "Jeanne Roy", Role.AUDITOR)
    for nobody in (world.agent, auditor, world.person("AD1", "Paul Roy", Role.ADMINISTRATOR)):
        with pytest.raises(NotPermitted):
            cut(world, by=nobody)

    assert cut(world, by=world.supervisor) is not None
    assert len(exports.batches(world.db, by=auditor)) == 1
    assert exports.file(world.db, 1, BatchFile.PAYMENTS, by=auditor).name == "payments-000001.csv"
    with pytest.raises(NotPermitted):
        exports.produce_again(world.db, 1, by=auditor, at=world.now)


def test_what_waits_is_told_before_it_is_cut(world: World) -> None:
    assert exports.waiting(world.db, by=OPERATOR, at=world.now).count == 0
    paid = take_cash(world, "20.00")
    reverse(world, take_cash(world, "30.00"))
    take_cheque(world, "300.00", dated=world.today + timedelta(days=1))
    reverse(world, take_cheque(world, "200.00", dated=world.today + timedelta(days=1)))

    waiting = exports.waiting(world.db, by=OPERATOR, at=world.now)

    assert (waiting.payment_count, waiting.reversal_count, waiting.count) == (2, 1, 3)
    assert (waiting.payments, waiting.reversals, waiting.net) == (money("50.00"), money("30.00"), money("20.00"))
    assert waiting.since == paid.at
    assert (waiting.post_dated_count, waiting.post_dated) == (1, money("300.00"))
    batch = cut(world)
    assert batch is not None
    assert (batch.payments, batch.reversals) == (waiting.payments, waiting.reversals)


def test_the_journal_keeps_who_cut_a_batch_and_that_it_was_given_out_again(world: World) -> None:
    take_cash(world, "20.00")
    since = world.later(minutes=1)
    cut(world, by=console_operator("paul"))

    assert exports.produce_again(world.db, 1, by=OPERATOR, at=world.later(minutes=1)).number == 1

    assert acts_in_journal(world, since) == ["batch.cut", "batch.produced_again"]


def test_a_batch_or_a_file_that_does_not_exist_is_refused(world: World) -> None:
    take_cash(world, "20.00")
    cut(world)

    with pytest.raises(BatchWithoutDeposits):
        exports.file(world.db, 1, BatchFile.DEPOSITS, by=OPERATOR)
    for kind in BatchFile:
        with pytest.raises(BatchNotFound):
            exports.file(world.db, 2, kind, by=OPERATOR)
    with pytest.raises(BatchNotFound):
        exports.produce_again(world.db, 2, by=OPERATOR, at=world.now)
