"""What Home says once the last day of a certification is over: that it can still be renewed, or no longer."""

from cases.pages import StateCard
from core.links import path_of
from core.policy_words import opened_with_a_capital
from core.templatetags.words import day
from renewals.pages.sentences import price_in_parts, with_missing, with_next_step
from renewals.pages.snapshot import Snapshot
from rules.given_status import status_words
from rules.wording import ACTIVE, TERMINATED


def is_expired(snapshot: Snapshot) -> bool:
    """Return whether the last day is over and it can still be renewed, whatever the policy calls that."""
    is_over = snapshot.today > snapshot.cycle.expires_on
    return is_over and snapshot.standing.status not in (ACTIVE, TERMINATED)


def ended_card(snapshot: Snapshot) -> StateCard | None:
    if snapshot.in_hand or snapshot.standing.status != TERMINATED:
        return None
    return StateCard(
        "bad",
        "Ended",
        "You can no longer renew this certification",
        f"It ended on {day(snapshot.cycle.expires_on)}. To be certified again, you begin with a new certification.",
        "See how",
        path_of("renewals:start_again"),
    )


def expired_card(snapshot: Snapshot) -> StateCard | None:
    window = snapshot.window
    if snapshot.in_hand or not is_expired(snapshot) or window is None:
        return None
    still = "You can still renew. " if snapshot.can_submit and window != snapshot.standing.windows[-1] else ""
    price = f"The last day is {day(snapshot.standing.windows[-1].last_on)}."
    if window.fees.total_cents:
        price = f"Through {day(window.last_on)} it costs {price_in_parts(snapshot, window.fees)}."
    return with_next_step(
        snapshot,
        "bad",
        opened_with_a_capital(status_words(snapshot.standing.status)),
        f"Your certification expired on {day(snapshot.cycle.expires_on)}",
        with_missing(snapshot, f"{still}{price}"),
    )
