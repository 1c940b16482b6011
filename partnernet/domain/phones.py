"""Phone numbers: kept in E.164 with the extension apart, and searched by their digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers

_REGION = "CA"
# Ten digits of the North American plan, as people write them; phonenumbers is some forty times slower.
_TEN_DIGITS = re.compile(r"(?:\+?1[ .-]?)?\(?([2-9][0-9]{2})\)?[ .-]*([2-9][0-9]{2})[ .-]*([0-9]{4})")
# The library knows « ext. » and not « poste ».
_POSTE = re.compile(r"\b(?:poste|p\.|#)\s*(?=[0-9])", re.IGNORECASE)
_NOT_A_DIGIT = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164 (``+15142859286``) and its extension, empty when there is none."""

    number: str
    extension: str


def read_phone(text: str) -> Phone | None:
    """The number that people wrote, such as ``(514) 285-9286, poste 150``; None when it cannot be read as one."""
    ten_digits = _TEN_DIGITS.fullmatch(text.strip())
    if ten_digits:
        return Phone("+1" + "".join(ten_digits.groups()), "")
    try:
        parsed = phonenumbers.parse(_POSTE.sub("ext. ", text), _REGION)
    except phonenumbers.NumberParseException:
        return None
    # Not `is_possible_number`: it accepts seven digits, which ring in one region only.
    if phonenumbers.is_possible_number_with_reason(parsed) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return Phone(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), parsed.extension or "")


def phone_key(text: str) -> str:
    """The digits under which a number is stored and looked for, without the leading 1 of North America."""
    digits = _NOT_A_DIGIT.sub("", text)
    return digits[1:] if len(digits) == 11 and digits.startswith("1") else digits
