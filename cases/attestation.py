"""What a trainer agrees to, as it was shown: its version changes with every word, figures included."""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Attestation:
    """The words that are agreed to, in parts. `edition` names who wrote them last."""

    edition: str
    opening: str
    points: tuple[str, ...] = ()
    closing: str = ""

    @property
    def text(self) -> str:
        """Return the whole attestation as plain text, as it is stored."""
        return "\n".join(filter(None, (self.opening, *(f"- {point}" for point in self.points), self.closing)))

    @property
    def version(self) -> str:
        """Return what tells these words from all others; a page sends it back with the agreement."""
        return f"{self.edition}-{sha256(self.text.encode()).hexdigest()[:8]}"
