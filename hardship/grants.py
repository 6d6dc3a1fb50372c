"""What a relief gives, as staff propose or grant it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReliefGrant:
    """What a relief gives: which last day and its new day, or which fee and the part to waive
    (None: all of it). For a fee of a charge, the primary key of the charge.
    """

    what: str
    kind: str
    case_ref: str = ""
    through: date | None = None
    fee_code: str = ""
    amount_cents: int | None = None
    charge_id: int | None = None
