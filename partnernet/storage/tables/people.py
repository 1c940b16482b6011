"""Branches, users and their sessions, the audit log, and marks of the database itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Integer,
    Table,
    Text,
    TypedColumns,
)

from partnernet.storage.tables.base import cents_in_bounds, metadata, one_of
from partnernet.storage.types import RowId, UtcDateTime


class BranchColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    code: Column[str] = Column(Text, nullable=False, unique=True)
    name: Column[str] = Column(Text, nullable=False)
    timezone: Column[str] = Column(Text, nullable=False)
    float_authorised_cents: Column[int] = Column(BigInteger, nullable=False)


branch = Table(
    "branch",
    metadata,
    BranchColumns,
    CheckConstraint("length(code) BETWEEN 2 AND 8", name="code"),
    cents_in_bounds("float_authorised_cents", least=0),
    sqlite_strict=True,
)


class BranchHeadColumns(TypedColumns):
    branch_id: Column[int] = Column(RowId, ForeignKey("branch.id"), primary_key=True, autoincrement=False)
    last_sequence: Column[int] = Column(BigInteger, nullable=False)
    last_receipt: Column[int] = Column(BigInteger, nullable=False)
    last_hash: Column[str] = Column(Text, nullable=False)
    last_at: Column[datetime | None] = Column(UtcDateTime)


# One row a branch: its lock, its receipt counter, and the head of its hash chain.
branch_head = Table("branch_head", metadata, BranchHeadColumns, sqlite_strict=True)


class AppUserColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    login: Column[str] = Column(Text, nullable=False, unique=True)
    name: Column[str] = Column(Text, nullable=False)
    role: Column[str] = Column(Text, nullable=False)
    branch_id: Column[int | None] = Column(RowId, ForeignKey("branch.id"))
    language: Column[str] = Column(Text, nullable=False)
    active: Column[bool] = Column(Boolean, nullable=False)
    password_hash: Column[str | None] = Column(Text)
    code_hash: Column[str | None] = Column(Text)
    code_expires_at: Column[datetime | None] = Column(UtcDateTime)
    failed_count: Column[int] = Column(Integer, nullable=False)
    refused_until: Column[datetime | None] = Column(UtcDateTime)
    created_at: Column[datetime] = Column(UtcDateTime, nullable=False)


app_user = Table(
    "app_user",
    metadata,
    AppUserColumns,
    one_of("role", "agent", "supervisor", "administrator", "auditor"),
    one_of("language", "fr", "en"),
    CheckConstraint("role NOT IN ('agent', 'supervisor') OR branch_id IS NOT NULL", name="branch_served"),
    CheckConstraint("(code_hash IS NULL) = (code_expires_at IS NULL)", name="code"),
    sqlite_strict=True,
)


class UserSessionColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    token_hash: Column[str] = Column(Text, nullable=False, unique=True)
    user_id: Column[int] = Column(RowId, ForeignKey("app_user.id"), nullable=False, index=True)
    created_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    last_seen_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    expires_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    password_proved_at: Column[datetime] = Column(UtcDateTime, nullable=False)
    new_password_due: Column[bool] = Column(Boolean, nullable=False)
    ended_at: Column[datetime | None] = Column(UtcDateTime)


user_session = Table("user_session", metadata, UserSessionColumns, sqlite_strict=True)


class AuditEventColumns(TypedColumns):
    id: Column[int] = Column(RowId, Identity(), primary_key=True)
    at: Column[datetime] = Column(UtcDateTime, nullable=False, index=True)
    user_id: Column[int | None] = Column(RowId, ForeignKey("app_user.id"))
    actor: Column[str] = Column(Text, nullable=False)
    branch_id: Column[int | None] = Column(RowId, ForeignKey("branch.id"))
    action: Column[str] = Column(Text, nullable=False)
    subject: Column[str] = Column(Text, nullable=False)
    outcome: Column[str] = Column(Text, nullable=False)
    detail: Column[str] = Column(Text, nullable=False)


# ``actor`` is the login, or the operator's name at the console; ``detail`` is JSON without personal data.
audit_event = Table(
    "audit_event", metadata, AuditEventColumns, one_of("outcome", "done", "refused"), sqlite_strict=True
)


class DatabaseMarkColumns(TypedColumns):
    name: Column[str] = Column(Text, primary_key=True)
    value: Column[str] = Column(Text, nullable=False)


# Marks of the database itself, such as « demonstration ».
database_mark = Table("database_mark", metadata, DatabaseMarkColumns, sqlite_strict=True)
