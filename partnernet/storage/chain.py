"""The hash chain of a branch: each posting's hash covers the one before it and the posting's whole content.

It shows that a row was changed, removed or inserted afterwards. It does not show a cut tail or a full recomputation:
the head is anchored outside (printed and exported).
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

GENESIS = "0" * 64


def link(previous_hash: str, content: list[Any]) -> str:
    """SHA-256 (hex) of the previous hash followed by the content as compact JSON, its order fixed by the caller."""
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous_hash + written).encode()).hexdigest()
