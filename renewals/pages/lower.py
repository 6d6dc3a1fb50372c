"""What pages say of a certification that is renewed together with a higher one, without needs or a fee of
its own: that it is, by which rule, and nothing about courses or prices.
"""

from cases.pages import StateCard
from core.constraints import require_value
from core.links import plain_path_of
from core.templatetags.words import day
from renewals.models import Application
from renewals.pages.certified import certified_heading
from renewals.pages.snapshot import Snapshot
from renewals.ranks import undecided_above
from rules.facts import OtherCredential
from rules.policy.building_blocks import Rule
from rules.policy.load import load_policy
from rules.policy.model import Policy
from rules.pricing import is_covered_by, renewed_with

HEADING = "This certification is renewed together with another one"
KEPT = "Your certification stays active while we check"
SEE_ALL = "See all your certifications"


def asks_for_nothing(snapshot: Snapshot) -> bool:
    """Return whether a higher certification renews this one, so that nothing is asked for it. A renewal
    of its own that is under way goes on.
    """
    if snapshot.in_hand is not None or not snapshot.credential.in_force:
        return False
    if snapshot.can_still_renew and _higher(snapshot) is not None:
        return True
    return _higher_in_hand(snapshot) is not None


def _higher(snapshot: Snapshot) -> OtherCredential | None:
    """Return the certification whose renewal renews this one; None unless its own policy says so, too."""
    found = renewed_with(snapshot.facts, snapshot.policy, snapshot.today)
    return found if found and _agrees(load_policy(found.code), snapshot) else None


def _higher_in_hand(snapshot: Snapshot) -> Application | None:
    """Return the renewal of a higher certification that is being decided, though that one may have ended
    meanwhile: its approval renews this one, too, which could still be applied for when it was received. No
    query where the policy does not say so.
    """
    last_on = snapshot.standing.dates.last_day_to_apply
    found = undecided_above(snapshot.cycle)
    return next((one for one in found if one.submission.received_on <= last_on), None)


def _agrees(higher: Policy, snapshot: Snapshot) -> bool:
    several = higher.version_on(snapshot.today).families.several
    return is_covered_by(higher.code, snapshot.policy.code, several)


def together_words(snapshot: Snapshot) -> str:
    """Return with which certification this one is renewed, and by when; the caller has asked
    `asks_for_nothing`.
    """
    higher = _higher(snapshot)
    if higher is None:
        title = require_value(_higher_in_hand(snapshot)).cycle.policy.title
        return f"Your renewal of {title} is being decided. When we approve it, this one is renewed, too, without courses or a fee of its own."
    title, ends_on = load_policy(higher.code).title, snapshot.cycle.expires_on
    words = (
        f"Renews together with {title}: when we approve that renewal, this one is renewed, too, without courses "
        "or a fee of its own."
    )
    if higher.expires_on is None or higher.expires_on <= ends_on:
        return words
    by = "as soon as you can" if ends_on < snapshot.today else f"through {day(ends_on)}"
    return f"{words} Renew that one {by}, so that there is no gap."


def together_rule(snapshot: Snapshot) -> Rule | None:
    """Return the rule about several certifications, as the page shows it behind its clause."""
    if not asks_for_nothing(snapshot):
        return None
    return require_value(snapshot.policy.version_on(snapshot.today).families.several).rule


def together_card(snapshot: Snapshot) -> StateCard | None:
    """Return the card on Home of a certification that a higher one renews; None for any other."""
    if not asks_for_nothing(snapshot):
        return None
    ends_on, found = snapshot.cycle.expires_on, snapshot.certification
    heading, certified = certified_heading(snapshot), found.certified
    if ends_on < snapshot.today and found.given is None:
        heading = KEPT if certified else f"Your certification expired on {day(ends_on)}"
    return StateCard(
        "ok" if certified else "warn",
        "Renews together",
        heading,
        together_words(snapshot),
        SEE_ALL,
        plain_path_of("renewals:home"),
    )
