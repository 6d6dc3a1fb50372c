"""A decision that every check supports, offered as one button: the review page shows its mail in
full, and one click decides. When a check needs a closer look, the button is not emphasised.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Refusal
from core.mail import Mail
from staff.actions import Action


@dataclass(frozen=True)
class Offer:
    """The decision behind the button of a review page, and what the button posts. `refusal` says
    why it cannot be made now.
    """

    button: str
    url: str
    sent: Mapping[str, object]  # what the form sends unseen, by field
    mail: Mail | None = None
    refusal: str = ""
    doubts: Sequence[str] = ()  # asked about before it is done
    put_forward: bool = False

    @property
    def asks(self) -> bool:
        """Return whether the person must first confirm warnings on another page."""
        return bool(self.doubts)


def make_offer(
    action: Action,
    *,
    button: str,
    url: str,
    answers: Mapping[str, object],
    sent: Mapping[str, object],
    clear: bool,
    foresee: Callable[[], Mail] | None = None,
    doubts: Sequence[str] | None = None,
) -> Offer:
    """Return the offer of `action` with these `answers`, and with its mail as it would be sent now.

    `sent` is how the form posts `answers`. `clear` says that every check passes. `foresee` returns the mail, and
    refuses, as the action's preview would, but without doing all of it; `doubts` are the action's, where the page
    knows them already.
    """
    sent = {"seen": action.initial["seen"] or "", **sent}
    try:
        if foresee:
            mail: Mail | None = foresee()
        else:
            mail = action.preview({**answers, "seen": action.initial["seen"]}) if action.preview else None
    except Refusal as refusal:
        return Offer(button, url, sent, refusal=str(refusal))
    doubts = action.doubts() if doubts is None else doubts
    return Offer(button, url, sent, mail, doubts=doubts, put_forward=clear and not doubts)
