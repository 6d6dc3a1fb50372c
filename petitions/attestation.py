"""The attestation that a trainer agrees to before paying (S10). Its text is stored with the petition."""

from cases.attestation import Attestation
from rules.policy.model import PolicyVersion
from rules.units import money_in_words

EDITION = "2026-11"


def attestation_for(policy: PolicyVersion, symbol: str) -> Attestation:
    """Return the attestation in force, with the fee of `policy`."""
    cents = policy.petition_fee.amount_cents
    fee = f"We review each course for a fee of {money_in_words(cents, symbol)}. The fee is not refunded, whatever we decide. "
    return Attestation(EDITION, f"{fee if cents else ''}What I wrote is true, and the documents are mine.")
