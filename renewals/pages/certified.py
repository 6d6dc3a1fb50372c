"""Whether a trainer is certified, in words: through which day, or what the policy calls them instead."""

from collections.abc import Iterator

from core.templatetags.words import day
from payments.services.charges import SETTLED
from renewals.pages.snapshot import Snapshot, State
from renewals.status import GivenStatus
from rules.days import through_words
from rules.given_status import path_giving_status, status_words

NOT_CERTIFIED = "Whoever checks it reads so, and not that you are certified."
PAYS = (*SETTLED, "confirming")


def certified_heading(snapshot: Snapshot) -> str:
    """Return that the trainer is certified through which day, or what they are in place of it."""
    found = snapshot.certification
    if found.given:
        return found.given.sentence.removesuffix(".")
    return f"You are certified {through_words(found.through or snapshot.cycle.expires_on)}"


def coming_status(snapshot: Snapshot) -> str:
    """Return a sentence about the next cycle when its status is another one than that of today; "" otherwise."""
    found, cycle = snapshot.certification, snapshot.cycle
    held_through = found.given.through if found.given else found.through
    if held_through is None or held_through >= cycle.expires_on:
        return ""
    path, begins, until = cycle.status_path, day(cycle.starts_on), through_words(cycle.expires_on)
    if path is None:
        return f"From {begins} you are certified, {until}."
    return f"From {begins} it is {GivenStatus(path, None).words}, {until}. {path.rule.text}"


def certified_sentence(snapshot: Snapshot) -> str:
    """Return sentences that say whether the trainer is certified today, and what changes with the next cycle."""
    certification = snapshot.certification
    if certification.through or certification.given:
        return " ".join(filter(None, (f"{certified_heading(snapshot)}.", coming_status(snapshot))))
    if certification.certified:
        return "Your certification stays active while we check."
    applied = snapshot.in_hand
    waits = applied is not None and (applied.state != State.SUBMITTED or snapshot.payment in PAYS)
    until = " You are not certified until we are done." if waits else ""
    return f"Your certification expired on {day(snapshot.cycle.expires_on)}.{until}"


def given_words(snapshot: Snapshot, line: str) -> str:
    """Return `line` after the rule of the status that the holder has, and what the next cycle changes."""
    given = snapshot.certification.given
    rule = given.path.rule.text if given else ""
    return " ".join(filter(None, (rule, coming_status(snapshot), line)))


def other_status_words(snapshot: Snapshot) -> Iterator[str]:
    """Yield what a renewal sent now makes of the certification, where its way gives another status, and its rule."""
    standing = snapshot.standing
    if standing.more is None or standing.more.next_status is None:
        return
    period, words = standing.dates.next_cycle, status_words(standing.more.next_status)
    path = path_giving_status(snapshot.policy, period.starts_on, standing.more.path)
    said = f"Renewed this way, your certification is {words} in the next cycle, {through_words(period.expires_on)}."
    yield f"{said} {NOT_CERTIFIED} {path.rule.text if path else ''}".rstrip()
