"""The one card that Home shows: of the table `ROWS`, the first that applies to the trainer's snapshot."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.text import Truncator

from audits.pages.audit import home_card
from cases.pages import StateCard
from core import clock
from core.deadlines import SOON, day_without_year, near_day, weekday_without_year, zone_words
from core.links import path_of
from core.policy_words import opened_with_a_capital
from core.templatetags.words import day
from payments.services.charges import WENT_BACK
from renewals.models import Application
from renewals.pages.certified import (
    certified_heading,
    certified_sentence,
    coming_status,
    given_words,
)
from renewals.pages.for_life import early_words, for_life_card
from renewals.pages.joined import joined_card
from renewals.pages.lacking import words_to_go
from renewals.pages.lower import together_card
from renewals.pages.over import ended_card, expired_card
from renewals.pages.sentences import (
    added_fee,
    answer_day,
    answer_step,
    look_words,
    not_decided,
    own_clock_note,
    payment_problem_card,
    with_missing,
    with_next_step,
)
from renewals.pages.snapshot import Snapshot, State, application_path
from renewals.refunds import fee_words
from rules.units import count_of

REASON_CHARS = 200


def not_active_card(snapshot: Snapshot) -> StateCard | None:
    if snapshot.credential.in_force:
        return None
    since = f" since {day(snapshot.credential.state_on)}" if snapshot.credential.state_on else ""
    return StateCard(
        "bad",
        "Not active",
        "Your certification is not active",
        f"It has been {snapshot.credential.get_state_display().lower()}{since}. Contact us to hear why and what you can do.",
        "Contact us",
        path_of("pages:help"),
    )


def audit_card(snapshot: Snapshot) -> StateCard | None:
    return home_card(snapshot.audit, list(snapshot.audited), snapshot.today) if snapshot.audit else None


def returned_card(snapshot: Snapshot) -> StateCard | None:
    application = snapshot.application
    if application is None or application.state != State.RETURNED:
        return None
    reason = Truncator(application.returned_reason).chars(REASON_CHARS)
    return StateCard(
        "warn",
        "Correction needed",
        "One thing needs correcting",
        f"{reason} {correct_by(snapshot, application)}",
        "Correct it",
        application_path("application", application.reference),
        fact=certified_sentence(snapshot),
    )


def correct_by(snapshot: Snapshot, application: Application) -> str:
    """Return a sentence that says until when a returned renewal can be corrected, and that its
    price stays.
    """
    last_day = application.last_day_to_correct
    due = f"{near_day(last_day, snapshot.today)}{own_clock_note(snapshot, last_day)}"
    stays = f" Your price stays {snapshot.money(application.due_cents)}." if application.due_cents else ""
    return f"Correct it by the end of {due}.{stays}"


def not_renewed_card(snapshot: Snapshot) -> StateCard | None:
    application = snapshot.application
    if application is None or application.state != State.DENIED:
        return None
    reason = Truncator(application.end_reason).chars(REASON_CHARS)
    last_day = day(snapshot.standing.dates.last_day_to_apply)
    again = f" You can apply again through {last_day}." if snapshot.window else ""
    words = (reason, fee_words(application), f"{look_words(application, snapshot)}{again}")
    return StateCard(
        "bad",
        "Not renewed",
        "We could not renew your certification",
        " ".join(filter(None, words)),
        "Read the decision",
        application_path("application", application.reference),
        fact=certified_sentence(snapshot),
    )


def last_day_card(snapshot: Snapshot) -> StateCard | None:
    if snapshot.in_hand or snapshot.today != snapshot.cycle.expires_on or not snapshot.window:
        return None
    tomorrow, last_on = snapshot.next_window, snapshot.window.last_on
    rises = tomorrow is not None and tomorrow.fees.total_cents > snapshot.window.fees.total_cents
    if last_on > snapshot.today:  # the price, or the last day to renew, is later than the certification's
        title, line = "Your certification expires today", f"Renew through {day_without_year(last_on)}."
    else:
        title = "Today is the last day to renew on time"
        line = f"Through 11:59 pm, {zone_words(snapshot.zone)}{own_clock_note(snapshot, snapshot.today)}."
        line += (
            f" Tomorrow it costs {snapshot.money(tomorrow.fees.total_cents)}." if tomorrow and rises else ""
        )
    return with_next_step(snapshot, "warn", "Expires today", title, with_missing(snapshot, line))


def expiring_soon_card(snapshot: Snapshot) -> StateCard | None:
    left = snapshot.cycle.expires_on - snapshot.today
    if snapshot.in_hand or not timedelta(0) < left <= SOON or not snapshot.window:
        return None
    later = snapshot.next_window
    dearer = later is not None and later.fees.total_cents > snapshot.window.fees.total_cents
    avoid = f" to avoid the {added_fee(snapshot, later.fees)}" if later and dearer else ""
    last_on = snapshot.window.last_on if dearer else snapshot.cycle.expires_on
    line = f"Renew through {day_without_year(last_on)}{avoid}."
    return with_next_step(
        snapshot,
        "warn",
        f"Expires in {count_of(left.days, 'day')}",
        f"Your certification expires on {weekday_without_year(snapshot.cycle.expires_on)}",
        with_missing(snapshot, line),
    )


def _promise(snapshot: Snapshot) -> str:
    """Return a sentence that says by when we answer; once that day has passed, that we are late."""
    last_day = answer_day(snapshot)
    if last_day < snapshot.today:
        return f"We wanted to tell you by the end of {day(last_day)} and are late. We have not forgotten it."
    return f"We will tell you by the end of {near_day(last_day, snapshot.today)}."


def in_review_card(snapshot: Snapshot) -> StateCard | None:
    application = snapshot.application
    if application is None or application.state != State.IN_REVIEW:
        return None
    if snapshot.payment in WENT_BACK:
        line = f"{fee_words(application)} We look at it, and write to you when we have decided."
        return StateCard(
            "warn",
            "Fee missing",
            "Your renewal waits, because its fee went back",
            line,
            fact=certified_sentence(snapshot),
        )
    if snapshot.rests_on_petitions:
        return StateCard(
            "info",
            "In review",
            "We are looking at a course that you asked us to count",
            not_decided(snapshot),
            *answer_step(snapshot),
            fact=certified_sentence(snapshot),
        )
    return StateCard(
        "info",
        "In review",
        "We are checking your renewal",
        f"{_promise(snapshot)} There is nothing to do.",
        fact=certified_sentence(snapshot),
    )


def ready_card(snapshot: Snapshot) -> StateCard | None:
    if not snapshot.can_submit:
        return None
    more = not_decided(snapshot) if snapshot.rests_on_petitions else early_words(snapshot)
    line = f"{certified_heading(snapshot)}. {more}"
    return with_next_step(snapshot, "ok", "Ready to renew", "You can renew now", line)


def incomplete_card(snapshot: Snapshot) -> StateCard | None:
    if not snapshot.standing.accepts_application:
        return None
    if snapshot.only_card_missing:
        return card_needed_card(snapshot)
    tag, line = words_to_go(snapshot.standing), f"{snapshot.missing} before you can renew."
    return with_next_step(snapshot, "warn", tag, certified_heading(snapshot), line)


def renewed_card(snapshot: Snapshot) -> StateCard | None:
    before = snapshot.latest
    if before is None or before.state != State.APPROVED or before.ended_at is None:
        return None
    approved_on = clock.date_of(before.ended_at, snapshot.zone)
    if snapshot.today > max(snapshot.cycle.starts_on, approved_on + SOON):
        return None
    required = snapshot.standing.total.required
    counts = f"Your next {snapshot.policy.unit.words(required)} count from {day(snapshot.cycle.starts_on)}."
    counts = counts if required else ""
    if snapshot.certification.through is None:
        return StateCard("ok", "Renewed", certified_heading(snapshot), given_words(snapshot, counts))
    return StateCard(
        "ok",
        "Renewed",
        certified_heading(snapshot),
        " ".join(filter(None, (coming_status(snapshot), counts))),
        "Download your certificate",
        path_of("renewals:certificate"),
    )


def card_ending_card(snapshot: Snapshot) -> StateCard | None:
    """Return the card on Home for a trainer whose CPR card (or what the policy asks for) is valid
    today and ends before they can renew; otherwise None.
    """
    through = snapshot.card_through
    ends = through is not None and snapshot.today <= through < snapshot.standing.dates.opens_on
    return card_needed_card(snapshot) if ends else None


def active_card(snapshot: Snapshot) -> StateCard:
    unit, total = snapshot.policy.unit, snapshot.standing.total
    line = f"You can renew from {day(snapshot.standing.dates.opens_on)}."
    if total.required:
        line = f"{line} You have {unit.format(total.counted)} of {unit.words(total.required)}."
    step = ("Log a course", path_of("ceus:find"))
    if given := snapshot.certification.given:
        return StateCard("warn", given.label, certified_heading(snapshot), given_words(snapshot, line), *step)
    if snapshot.is_complete:
        step = ("See your certificate", path_of("renewals:certificate"))
    line = " ".join(filter(None, (coming_status(snapshot), line)))
    return StateCard("ok", "Active", certified_heading(snapshot), line, *step)


ROWS: tuple[Callable[[Snapshot], StateCard | None], ...] = (
    *(not_active_card, for_life_card, audit_card, joined_card, returned_card, not_renewed_card, ended_card),
    *(payment_problem_card, together_card, expired_card, last_day_card, expiring_soon_card),
    *(in_review_card, ready_card, incomplete_card, renewed_card, card_ending_card, active_card),
)
# These rows depend only on the day, not on the application of the cycle.
BY_THE_CALENDAR = (
    *(ended_card, expired_card, last_day_card, expiring_soon_card),
    *(ready_card, incomplete_card, active_card),
)


def calendar_card(snapshot: Snapshot) -> StateCard:
    """Return the card of Home that a reminder shows: the first that applies when this cycle's
    application is left aside.
    """
    return next(card for row in BY_THE_CALENDAR if (card := row(snapshot)))


def card_needed_card(snapshot: Snapshot) -> StateCard:
    ends = snapshot.card_through is not None and snapshot.card_through >= snapshot.today
    name = snapshot.card_name
    line = f"Your {name} ends before you renew." if ends else f"{snapshot.missing} before you can renew."
    return StateCard(
        "warn",
        f"{opened_with_a_capital(name)} needed",
        certified_heading(snapshot),
        line,
        "Update your card",
        path_of("ceus:card"),
    )


def state_of(snapshot: Snapshot) -> StateCard:
    """Return the card that Home shows: the first in the table `ROWS` that applies."""
    return next(card for row in ROWS if (card := row(snapshot)))
