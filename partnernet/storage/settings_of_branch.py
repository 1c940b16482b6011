"""A branch's settings from their rows."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from partnernet.domain.agents import Branch
from partnernet.domain.branch_settings import BranchSettings
from partnernet.domain.money import Money
from partnernet.storage import tables as t


def read(connection: Connection, branch: Branch) -> BranchSettings:
    """The settings in force; a branch that has never changed them has the defaults."""
    authorised = connection.execute(
        select(t.branch.c.float_authorised_cents).where(t.branch.c.id == branch.id)
    ).scalar_one()
    row = connection.execute(select(t.branch_setting).where(t.branch_setting.c.branch_id == branch.id)).one_or_none()
    if row is None:
        return BranchSettings(Money(authorised))
    return BranchSettings(
        float_authorised=Money(authorised),
        voucher_limit=Money(row.voucher_limit_cents),
        fund_limit=Money(row.fund_limit_cents),
        tolerance=Money(row.tolerance_cents),
        cash_limit=None if row.cash_limit_cents is None else Money(row.cash_limit_cents),
        deposit_account=row.deposit_account,
        one_person=row.one_person,
    )


def write(connection: Connection, branch: Branch, new: BranchSettings) -> None:
    """Put new settings in force."""
    values = {
        "voucher_limit_cents": new.voucher_limit.cents,
        "fund_limit_cents": new.fund_limit.cents,
        "tolerance_cents": new.tolerance.cents,
        "cash_limit_cents": None if new.cash_limit is None else new.cash_limit.cents,
        "deposit_account": new.deposit_account,
        "one_person": new.one_person,
    }
    connection.execute(
        update(t.branch).where(t.branch.c.id == branch.id).values(float_authorised_cents=new.float_authorised.cents)
    )
    changed = connection.execute(
        update(t.branch_setting).where(t.branch_setting.c.branch_id == branch.id).values(**values)
    )
    if changed.rowcount == 0:
        connection.execute(insert(t.branch_setting).values(branch_id=branch.id, **values))
