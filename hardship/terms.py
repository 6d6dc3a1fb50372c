"""What is to hold: the terms that staff propose or grant."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Terms:
    """A last day with its new day, or a fee with the part that is waived (None: all of it)."""

    what: str
    kind: str
    case_ref: str = ""
    through: date | None = None
    fee_code: str = ""
    amount_cents: int | None = None
