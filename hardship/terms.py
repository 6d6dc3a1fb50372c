"""The terms of a relief that staff propose or grant."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Terms:
    """An extension with its new last day, or a waiver with its amount (None: the whole fee)."""

    what: str
    kind: str
    case_ref: str = ""
    through: date | None = None
    fee_code: str = ""
    amount_cents: int | None = None
