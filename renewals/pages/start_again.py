"""What to do when a certification can no longer be renewed. A trainer who can still renew reads
that first.
"""

from dataclasses import dataclass

from core.links import path_of
from core.templatetags.words import day
from renewals.pages.snapshot import Snapshot
from rules.for_life import NOTHING_TO_RENEW


@dataclass(frozen=True, slots=True)
class StartAgain:
    """The page's sentence about the reader's own certification, and a button; both empty for a
    visitor. `number` is the reader's certification number, for the subject of a mail to us.
    """

    line: str = ""
    button: str = ""
    url: str = ""
    number: str = ""


def start_again_page(snapshot: Snapshot | None) -> StartAgain:
    """Return what the page says to the trainer of `snapshot`."""
    if snapshot is None:
        return StartAgain()
    number = snapshot.credential.display_number
    if snapshot.cycle.is_for_life:
        return StartAgain(NOTHING_TO_RENEW, "See your certificate", path_of("renewals:certificate"), number)
    if not snapshot.can_still_renew:
        return StartAgain(f"Your certification ended on {day(snapshot.cycle.expires_on)}.", number=number)
    if snapshot.in_hand:
        line = "Your renewal is under way, so you need not start again."
        return StartAgain(line, "See your renewal", path_of("renewals:home"), number)
    window = snapshot.window or snapshot.standing.windows[0]
    cents = window.fees.total_cents
    costs = f" It costs {snapshot.money(cents)} through {day(window.last_on)}." if cents else ""
    last_day = day(snapshot.standing.dates.last_day_to_apply)
    line = f"You can still renew, through {last_day}, and need not start again.{costs}"
    return StartAgain(line, "See what you need", path_of("renewals:home"), number)
