"""Files from the principal's books: what can be wrong with a file, with a line, with a value.

Each reason is a refusal that names the column of the file. A caution is a reason that does not keep the line out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from partnernet.domain.money import Money
from partnernet.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be imported: its number in the file (the header is line 1), what it holds, and why not.

    ``file_name`` is that of another file than the one imported: the refused receipts that came with it.
    """

    line: int
    fields: tuple[str, ...]
    reason: Refusal
    file_name: str = ""


WHOLE_FILE = 0  # the line of what concerns no line by itself


@dataclass(frozen=True, slots=True)
class Caution:
    """A line that is imported although something in it deserves a look; or, as line `WHOLE_FILE`, the file as such."""

    line: int
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: ``row_count`` lines in force, ``fault_count`` set aside, ``caution_count`` to look at."""

    row_count: int
    fault_count: int
    caution_count: int


class FileKind(StrEnum):
    """What a file from the principal's books holds."""

    CUSTOMERS = "customers"
    OPEN_ITEMS = "open_items"


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file that was imported. One of open items made a snapshot: as of when, and up to which batch."""

    kind: FileKind
    file_name: str
    file_hash: str
    imported_at: datetime
    imported_by: str
    row_count: int
    fault_count: int
    caution_count: int
    as_of: datetime | None
    through_batch: int | None


# --- the file as a whole --------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ChangedSinceChecked(Refusal):
    """The file, or what was said of it, is not what was checked: what would change is not what was shown."""


@dataclass(eq=False)
class NothingImported(Refusal):
    """Some lines cannot be imported, and they were not to be set aside."""

    fault_count: int


@dataclass(eq=False)
class FileUnreadable(Refusal):
    """The file cannot be opened or read; ``errno`` is the system's number for the reason."""

    name: str
    errno: int


@dataclass(eq=False)
class FileEmpty(Refusal):
    """There is a header at most."""


@dataclass(eq=False)
class EncodingUnknown(Refusal):
    """Bytes that are neither UTF-8 (UTF-16 with its mark) nor Windows-1252, or a mixture of them."""


@dataclass(eq=False)
class HeaderMissing(Refusal):
    """The first line names none of the columns: it is no header."""

    columns: tuple[str, ...]


@dataclass(eq=False)
class ColumnMissing(Refusal):
    """The header does not name this column."""

    column: str


@dataclass(eq=False)
class ColumnRepeated(Refusal):
    """The header names this column twice."""

    column: str


@dataclass(eq=False)
class MomentUnreadable(Refusal):
    """Not a date with its hour."""

    typed: str


# --- a line ---------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class FieldCountWrong(Refusal):
    """The line does not have as many fields as the header."""

    found: int
    expected: int


@dataclass(eq=False)
class QuoteNotClosed(Refusal):
    """A quotation mark opens a field that never ends: nothing after it can be told apart."""


@dataclass(eq=False)
class QuoteMisplaced(Refusal):
    """Something follows a closing quotation mark: quotation marks inside a quoted field are doubled."""


@dataclass(eq=False)
class LineTooLong(Refusal):
    """No table has lines of a million characters."""


@dataclass(eq=False)
class RowRepeated(Refusal):
    """The same account, or the same document of an account, stands on an earlier line."""

    subject: str
    first_line: int


@dataclass(eq=False)
class AccountUnknown(Refusal):
    """No customer has this account number: customers are imported first."""

    number: str


@dataclass(eq=False)
class OpenAboveAmount(Refusal):
    """More is open than the document's amount."""

    open_amount: Money
    amount: Money


# --- a value --------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ValueMissing(Refusal):
    """The column may not be empty."""

    column: str


@dataclass(eq=False)
class ValueTooLong(Refusal):
    """Longer than what is kept."""

    column: str
    limit_chars: int


@dataclass(eq=False)
class ValueHidden(Refusal):
    """Characters that cannot be seen."""

    column: str
    code_points: tuple[str, ...]


@dataclass(eq=False)
class AccountNumberMalformed(Refusal):
    """An account number is made of letters, digits, hyphens, points and underscores."""

    column: str
    found: str


@dataclass(eq=False)
class NotOneOf(Refusal):
    """Not one of the words that the column accepts."""

    column: str
    found: str
    accepted: tuple[str, ...]


@dataclass(eq=False)
class NotADate(Refusal):
    """Not a day of the calendar written year, month, day."""

    column: str
    found: str


@dataclass(eq=False)
class NotAnAmount(Refusal):
    """Not an amount, or one that could be read in two ways."""

    column: str
    found: str


@dataclass(eq=False)
class AmountNotAboveZero(Refusal):
    """Amounts are above zero whatever the document; its kind says which way it counts."""

    column: str
    found: str


@dataclass(eq=False)
class AmountAboveLimit(Refusal):
    """Above what one document may be."""

    column: str
    limit: Money


@dataclass(eq=False)
class PostalCodeUnusual(Refusal):
    """Not a code that Canada Post issues: kept as it is (a caution)."""

    column: str
    found: str


@dataclass(eq=False)
class PhoneUnreadable(Refusal):
    """Not one phone number: left empty (a caution)."""

    column: str
    found: str
