"""The control of `test_payment_clicks.py`: a payment form as one would first write it, without key or wrapper.

It writes one row a click into the SQLite file named by ``NAIVE_DATABASE``, in a callback, as tutorials do.
"""

from __future__ import annotations

import os
import sqlite3

import streamlit as st


def pay() -> None:
    """One row, committed; the wait for another's lock stands in the middle, as it does in the real service."""
    connection = sqlite3.connect(os.environ["NAIVE_DATABASE"], timeout=20)
    with connection:
        connection.execute("INSERT INTO payment (amount) VALUES (?)", (st.session_state["amount"],))
    connection.close()


with st.form("payment"):
    st.text_input("Montant", "75,04", key="amount")
    st.form_submit_button("Soumettre", on_click=pay)
