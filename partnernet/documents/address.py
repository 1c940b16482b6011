"""A customer's address on paper."""

from __future__ import annotations

from partnernet.domain.customers import Customer


def address_lines(customer: Customer) -> tuple[str, ...]:
    """The address as Canada Post writes it: city, province and, after two blanks, the postal code."""
    place = f"{customer.city} {customer.province}".strip()
    last = f"{place}\u00a0\u00a0{customer.postal_code}" if customer.postal_code else place
    return tuple(line for line in (customer.address_line1, customer.address_line2, last) if line)
