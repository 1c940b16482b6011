"""What every table shares: naming of constraints, and the checks said once."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, MetaData

from partnernet.domain.money import LARGEST_PAYMENT
from partnernet.domain.pieces import DENOMINATIONS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def cents_in_bounds(column: str, *, least: int = 1, nullable: bool = False) -> CheckConstraint:
    rule = f"{column} >= {least} AND {column} <= {LARGEST_PAYMENT.cents}"
    return CheckConstraint(f"{column} IS NULL OR ({rule})" if nullable else rule, name=column)


def denomination() -> CheckConstraint:
    """A column ``denomination_cents`` names a coin or note in circulation."""
    listed = ", ".join(str(each) for each in DENOMINATIONS)
    return CheckConstraint(f"denomination_cents IN ({listed})", name="denomination_cents")
