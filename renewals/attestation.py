"""The attestation that a trainer agrees to when submitting a renewal. Its text is stored with the application."""

from cases.attestation import Attestation
from rules.policy.model import PolicyVersion

EDITION = "2026-11"


def attestation_for(policy: PolicyVersion) -> Attestation:
    """Return the attestation in force. It names the days that `policy` gives to send proof in an
    audit (S13).
    """
    return Attestation(
        EDITION,
        "By continuing you state that:",
        (
            "the courses listed are yours and you completed them on the dates shown",
            f"you will send proof within {policy.audit_days} days if we ask",
            "you will follow the code of conduct",
        ),
        "A false statement can end your certification.",
    )
