"""What a trainer states by submitting. The words are kept with the application; new words need a new version."""

from dataclasses import dataclass

from rules.policy.model import PolicyVersion

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Attestation:
    version: str
    opening: str
    points: tuple[str, ...]
    closing: str

    @property
    def text(self) -> str:
        """The whole statement as plain text, as it is kept."""
        return "\n".join((self.opening, *(f"- {point}" for point in self.points), self.closing))


def attestation_for(policy: PolicyVersion) -> Attestation:
    """The statement in force, with the days that `policy` gives for sending proof (S13)."""
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
