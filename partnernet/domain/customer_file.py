"""``customers.csv``: a line of it becomes a customer and the keys under which the search finds it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from partnernet.domain.customers import Terms
from partnernet.domain.exchanges import PhoneUnreadable, PostalCodeUnusual
from partnernet.domain.file_values import read_account_number, read_text, read_word
from partnernet.domain.phones import Phone, phone_key, read_phone
from partnernet.domain.postal_codes import can_be_issued, postal_key, read_postal_code
from partnernet.domain.refusals import Refusal
from partnernet.domain.search_text import search_key

COLUMNS = (
    "account_number", "name", "address_line1", "address_line2", "city", "province", "postal_code", "phone",
    "language", "terms",
)  # fmt: skip


class Language(StrEnum):
    """What the customer is written to in."""

    FRENCH = "fr"
    ENGLISH = "en"


class CustomerRecord(NamedTuple):
    """A customer as it is stored, by the names of the table's columns."""

    number: str
    name: str
    address_line1: str
    address_line2: str
    city: str
    province: str
    postal_code: str
    phone: str
    phone_extension: str
    language: str
    terms: str
    name_key: str
    city_key: str
    postal_key: str
    phone_key: str


def read_customer(fields: Sequence[str]) -> tuple[CustomerRecord, list[Refusal]]:
    """The customer of a line whose fields are in the order of `COLUMNS`, and what deserves a look in it.

    Empty language and terms are French and open. Raises the first refusal of `partnernet.domain.exchanges`.
    """
    number, name, line1, line2, city, province, postal_code, phone, language, terms = fields
    cautions: list[Refusal] = []
    name = read_text(name, "name", 200, required=True)
    city = read_text(city, "city", 100)
    postal_code = _postal_code(postal_code, cautions)
    telephone = _phone(phone, cautions)
    record = CustomerRecord(
        number=read_account_number(number, "account_number"),
        name=name,
        address_line1=read_text(line1, "address_line1", 200),
        address_line2=read_text(line2, "address_line2", 200),
        city=city,
        province=read_text(province, "province", 40),
        postal_code=postal_code,
        phone=telephone.number,
        phone_extension=telephone.extension,
        language=read_word(language, "language", Language) if language.strip() else Language.FRENCH,
        terms=read_word(terms, "terms", Terms) if terms.strip() else Terms.OPEN,
        name_key=search_key(name),
        city_key=search_key(city),
        postal_key=postal_key(postal_code),
        phone_key=phone_key(telephone.number),
    )
    return record, cautions


def _postal_code(found: str, cautions: list[Refusal]) -> str:
    code = read_postal_code(read_text(found, "postal_code", 12))
    if code and not can_be_issued(code):
        cautions.append(PostalCodeUnusual("postal_code", code))
    return code


def _phone(found: str, cautions: list[Refusal]) -> Phone:
    text = read_text(found, "phone", 60)
    phone = read_phone(text)
    if text and phone is None:
        cautions.append(PhoneUnreadable("phone", text))
    return phone or Phone("", "")
