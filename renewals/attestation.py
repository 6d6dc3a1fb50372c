"""The attestation that a trainer agrees to when submitting a renewal.

The text is stored with the application. A changed text needs a new version.
"""

from dataclasses import dataclass

from rules.policy.model import PolicyVersion

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Attestation:
    """A version of the attestation, in parts."""

    version: str
    opening: str
    points: tuple[str, ...]
    closing: str

    @property
    def text(self) -> str:
        """Return the whole attestation as plain text, as it is stored."""
        return "\n".join((self.opening, *(f"- {point}" for point in self.points), self.closing))


def attestation_for(policy: PolicyVersion) -> Attestation:
    """Return the attestation in force, with the days that `policy` gives for sending proof (S13)."""
    return Attestation(
        VERSION,
        "By continuing you state that:",
        (
            "the courses listed are yours and you completed them on the dates shown",
            f"you will send proof within {policy.audit_days} days if we ask",
            "you will follow the code of conduct",
        ),
        "A false statement can end your certification.",
    )
