"""The decision that a clean case leads to: its mail stands written on the review page, and one press
decides. Nothing is put forward where a check asks for a look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import Refusal
from core.mail import Mail
from staff.actions import Action


@dataclass(frozen=True)
class Offer:
    """What the button of a review page says and sends. With a `refusal` it cannot be done now."""

    button: str
    url: str
    sent: Mapping[str, object]  # what the form sends unseen, by field
    mail: Mail | None = None
    refusal: str = ""
    doubts: Sequence[str] = ()  # asked about before it is done
    put_forward: bool = False

    @property
    def asks(self) -> bool:
        """Return whether a page asks once more before it is done."""
        return bool(self.doubts)


def make_offer(
    action: Action,
    *,
    button: str,
    url: str,
    answers: Mapping[str, Any],
    sent: Mapping[str, object],
    clear: bool,
) -> Offer:
    """Return the offer of `action` with these `answers`, with its mail as it would be sent now.

    `sent` is what `answers` look like in the form; `clear` says whether every check passes.
    """
    sent = {"seen": action.initial["seen"] or "", **sent}
    try:
        mail = action.preview({**answers, "seen": action.initial["seen"]}) if action.preview else None
    except Refusal as refusal:
        return Offer(button, url, sent, refusal=str(refusal))
    doubts = action.doubts()
    return Offer(button, url, sent, mail, doubts=doubts, put_forward=clear and not doubts)
