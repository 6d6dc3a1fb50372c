"""The attestation that a trainer agrees to before paying (S10).

The text is stored with the petition. A changed text needs a new version.
"""

from rules.policy.model import PolicyVersion
from rules.units import money_in_words

VERSION = "2026-11"


def attestation_for(policy: PolicyVersion, symbol: str) -> str:
    """Return the attestation in force, with the fee of `policy`."""
    fee = money_in_words(policy.petition_fee.amount_cents, symbol)
    return (
        f"We review each course for a fee of {fee}. The fee is not refunded, whatever we decide. "
        "What I wrote is true, and the documents are mine."
    )
