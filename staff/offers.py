"""A decision that every check supports, offered as one button: the review page shows its mail in
full, and one click decides. When a check needs a closer look, the button is not emphasised.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.errors import Refusal
from core.mail import Mail


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
    *,
    button: str,
    url: str,
    seen: int | None,
    sent: Mapping[str, object],
    all_checks_pass: bool,
    foresee: Callable[[], Mail | None],
    doubts: Sequence[str] = (),
) -> Offer:
    """Return the offer of the action at `url`, with its mail as it would be sent now.

    `seen` is the newest row of the case's history, `sent` what the form posts besides. `all_checks_pass` is
    true when every check passes. `foresee` returns the mail, and refuses, as the action's preview
    would, but writes nothing: a page is only looked at. `doubts` are the action's.
    """
    sent = {"seen": seen or "", **sent}
    try:
        mail = foresee()
    except Refusal as refusal:
        return Offer(button, url, sent, refusal=str(refusal))
    return Offer(button, url, sent, mail, doubts=doubts, put_forward=all_checks_pass and not doubts)
