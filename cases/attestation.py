"""The text that a trainer agrees to, as it was shown. Its version changes with every word, figures
included.
"""

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Attestation:
    """A text that a trainer agrees to, in parts. `edition` is a fixed name for the wording; we
    change it when we reword the text.
    """

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
        """Return the edition with a hash of the text. The page posts it back, which proves what
        text was shown.
        """
        return f"{self.edition}-{sha256(self.text.encode()).hexdigest()[:8]}"
