"""The terms of a relief that staff propose or grant."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Terms:
    """A last day with its new day, or a fee with the part that is waived (None: all of it); of a
    charge, its key.
    """

    what: str
    kind: str
    case_ref: str = ""
    through: date | None = None
    fee_code: str = ""
    amount_cents: int | None = None
    charge_id: int | None = None
