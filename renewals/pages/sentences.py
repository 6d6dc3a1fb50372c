"""Sentences and cards that several pages share: when a day ends, what it costs, and
what a renewal waits for: a payment (Q13) or a petition (Q15, Q16).
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cases.another_look import last_day_to_ask
from cases.pages import JUST_PAID, StateCard
from core import clock
from core.constraints import require_value
from core.deadlines import near_day, own_clock_words, zone_words
from core.links import path_of
from core.templatetags.words import day
from payments.services.charges import SETTLED, awaits_report, may_still_settle
from petitions.models import Petition
from renewals.models import Application
from renewals.notice_codes import DENIED
from renewals.pages.certified import certified_sentence
from renewals.pages.snapshot import Snapshot, State, application_path, next_step
from renewals.refunds import fee_words
from renewals.services.audited import second_look
from rules.days import business_day_after
from rules.facts import APPLICATION, COMPLETION
from rules.fees import WAIVED, FeeLine, Fees, because_of
from rules.last_days import correction_days_left

WAIVED_ALL = "We waived the fee, so nothing is left to pay"


def price_in_parts(snapshot: Snapshot, fees: Fees) -> str:
    """Return a price with its parts, such as "$149: $99, a $30 late fee and a $20 additional fee"."""
    lines = net_lines(fees)
    if not lines:
        return snapshot.money(fees.total_cents)
    (_, first), *added = lines
    total, base = snapshot.money(fees.total_cents), snapshot.money(first)
    parts = [_with_article(f"{snapshot.money(cents)} {line.label.lower()}") for line, cents in added]
    waived = ", after what we waived" if any(line.amount_cents < 0 for line in fees.lines) else ""
    if not parts:
        return f"{total}{waived}"
    if len(parts) == 1:
        return f"{total}: {base} plus {parts[0]}{waived}"
    return f"{total}: {', '.join([base, *parts[:-1]])} and {parts[-1]}{waived}"


def net_lines(fees: Fees) -> list[tuple[FeeLine, int]]:
    """Return (fee, cents left to pay) for each fee that is not waived in full (Q35)."""
    waived = {one.code.removeprefix(WAIVED): one.amount_cents for one in fees.lines if one.amount_cents < 0}
    left = ((line, line.amount_cents + waived.get(line.code, 0)) for line in fees.lines)
    return [(line, cents) for line, cents in left if cents > 0]


def granted_sentences(snapshot: Snapshot) -> Iterator[str]:
    """Yield a sentence for each extension or waiver that was granted for this cycle and still
    matters, with its reason (Q34, Q35).
    """
    if snapshot.in_hand and snapshot.in_hand.charge and snapshot.in_hand.charge.waived_cents:
        yield f"We waived {snapshot.money(snapshot.in_hand.charge.waived_cents)} of what this renewal costs."
    if snapshot.in_hand or not snapshot.can_still_renew:
        return
    dates, cycle = snapshot.standing.dates, snapshot.cycle
    courses, apply = dates.completion_deadline, dates.last_day_to_apply
    more_courses = courses > cycle.completion_deadline and snapshot.today <= courses
    more_to_apply = apply > cycle.last_day_to_apply
    if more_courses and more_to_apply and courses == apply:
        yield _more_time(snapshot, COMPLETION, courses, "finish courses and apply")
    else:
        if more_courses:
            yield _more_time(snapshot, COMPLETION, courses, "finish courses")
        if more_to_apply:
            yield _more_time(snapshot, APPLICATION, apply, "apply")
    labels = {fee.code: fee.label for fee in snapshot.policy.version_on(snapshot.today).fees}
    for one in snapshot.facts.waivers:
        amount = "" if one.cents is None else f"{snapshot.money(one.cents)} of "
        yield f"We waived {amount}the {labels.get(one.of, one.of).lower()}{because_of(one.reason)}."


def _more_time(snapshot: Snapshot, of: str, through: date, deed: str) -> str:
    reasons = (one.reason for one in snapshot.facts.extensions if one.of == of and one.through == through)
    because = because_of(next(reasons, ""))
    return f"We gave you more time{because}: you can {deed} through {day(through)}."


def _with_article(price: str) -> str:
    """Return a price with the article that is spoken before it: "a $30 late fee", "an $80 late fee"."""
    digits = price.lstrip("$€£ ").partition(" ")[0].partition(".")[0]
    said_with_a_vowel = digits.startswith("8") or digits in ("11", "18")
    return f"{'an' if said_with_a_vowel else 'a'} {price}"


def added_fee(snapshot: Snapshot, fees: Fees) -> str:
    """Return the last of `fees` that is not waived, as amount and label, such as "$30 late fee"; ""
    when there is none.
    """
    if not (lines := net_lines(fees)):
        return ""
    line, cents = lines[-1]
    return f"{snapshot.money(cents)} {line.label.lower()}"


def own_clock_note(snapshot: Snapshot, last_day: date) -> str:
    """Return, in brackets, when a day ends in the trainer's own zone; "" when both zones agree (Q3)."""
    there = own_clock_words(last_day, snapshot.zone, snapshot.own_zone)
    return f" ({there})" if there else ""


def ends_elsewhere(snapshot: Snapshot, last_day: date) -> str:
    """Return a sentence that says when a day ends in the trainer's own zone; "" when both zones
    show the same time (Q3).
    """
    there = own_clock_words(last_day, snapshot.zone, snapshot.own_zone)
    return f" That day ends at 11:59 pm, {zone_words(snapshot.zone)} ({there})." if there else ""


def answer_day(snapshot: Snapshot) -> date:
    """Return the last day on which we promise to answer, counted from the day of payment."""
    application = snapshot.application
    paid_at = application.charge.paid_at if application and application.charge else None
    start = clock.date_of(paid_at, snapshot.zone) if paid_at else snapshot.today
    days = snapshot.policy.version_on(snapshot.today).promised_answer_business_days
    return business_day_after(start, days)


def payment_problem_card(snapshot: Snapshot) -> StateCard | None:
    application = snapshot.application
    if application is None or application.state != State.SUBMITTED:
        return None
    if snapshot.payment in SETTLED:
        return paid_card(snapshot)
    if snapshot.payment == "confirming":
        return waiting_for_bank_card(snapshot)
    last_day = application.submission.pay_through
    charge = application.submission.charge
    if snapshot.today > last_day:
        card = checking_card if may_still_settle(charge) else not_paid_card
        return card(snapshot, last_day)
    declined = "Your bank declined the payment. " if snapshot.payment == "declined" else ""
    due = f"{near_day(last_day, snapshot.today)}{own_clock_note(snapshot, last_day)}"
    just_paid = f" {JUST_PAID}" if awaits_report(charge) else ""
    return StateCard(
        "warn",
        "Not paid yet",
        "Your renewal is not finished",
        f"{declined}We hold your place and this price. Pay by the end of {due}.{just_paid}",
        f"Pay {snapshot.money(application.due_cents)}",
        application_path("pay", application.reference),
        posts=True,
        fact=certified_sentence(snapshot),
    )


def paid_card(snapshot: Snapshot) -> StateCard:
    """Return the card for a renewal that is paid, or whose price was waived, and has not taken its
    next step.
    """
    line = "We are finishing your renewal. There is nothing to do. We will email you."
    tag, heading = ("Paid", "We have your payment") if snapshot.payment == "paid" else ("Waived", WAIVED_ALL)
    return StateCard("ok", tag, heading, line, fact=certified_sentence(snapshot))


def waiting_for_bank_card(snapshot: Snapshot) -> StateCard:
    return StateCard(
        "info",
        "Confirming payment",
        "We are waiting for your bank",
        "Nothing to do. We will email you.",
        fact=certified_sentence(snapshot),
    )


def checking_card(snapshot: Snapshot, last_day: date) -> StateCard:
    """Return the card shown when the last day to pay has ended and we must still ask whether the
    trainer paid.
    """
    line = (
        f"The last day to pay was {day(last_day)}. If you paid by then, your renewal goes on. "
        "There is nothing to do. We will email you."
    )
    heading = "We are checking whether you paid in time"
    return StateCard("info", "Confirming payment", heading, line, fact=certified_sentence(snapshot))


def look_words(application: Application, snapshot: Snapshot) -> str:
    """Return a sentence about the second review of a denial: that one is under way, or until when
    the trainer can ask for one (Q26).
    """
    look = second_look(application, snapshot.today)
    if look == "open":
        return "Somebody else is looking at your documents again. Until they decide, our decision does not change."
    if look == "possible":
        last_day = near_day(last_day_to_ask(application, DENIED), snapshot.today)
        return f"You can ask once, through {last_day}, that somebody else looks at it again."
    return "If we made a mistake, write to us."


def not_paid_card(snapshot: Snapshot, last_day: date) -> StateCard:
    """Return the card shown after the last day to pay until the sweep has ended the application."""
    returned = f"{fee_words(require_value(snapshot.application))} " if snapshot.payment == "returned" else ""
    return StateCard(
        "warn",
        "Not paid in time",
        "Your renewal was not paid in time",
        f"The last day to pay was {day(last_day)}. {returned}You can start again, at the price of that day.",
        f"Start again{snapshot.for_price}",
        path_of("renewals:start"),
        posts=True,
        fact=certified_sentence(snapshot),
    )


def not_decided(snapshot: Snapshot) -> str:
    """Return sentences about the undecided petition that the renewal waits for, and what each
    decision means.
    """
    return f"{_waits_for(snapshot)} {_either_way(snapshot)}"


def answer_step(snapshot: Snapshot) -> tuple[str, str]:
    """Return (button, path) for the first petition that waits for the trainer's answer; two empty
    texts when there is none.
    """
    asked = (one for one in snapshot.hoped_petitions if one.state == Petition.State.QUESTION)
    first = next(asked, None)
    return (
        ("Answer our question", reverse("petitions:petition", args=[first.reference])) if first else ("", "")
    )


def _waits_for(snapshot: Snapshot) -> str:
    """Return a sentence that says which petition is undecided, and by when we answer."""
    return " ".join(_petition_sentence(snapshot, petition) for petition in snapshot.hoped_petitions)


def _either_way(snapshot: Snapshot) -> str:
    """Return sentences that say what happens when the course of the petition counts, and when it does not."""
    unit, days = snapshot.policy.unit, _days_to_correct(snapshot)
    short = unit.words(snapshot.standing.total.missing)
    last_day = day(snapshot.standing.dates.completion_deadline)
    course = "it" if len(snapshot.hoped_petitions) == 1 else "them"
    price = "at the same price, " if snapshot.price else ""
    return (
        f"If we count {course}, your renewal is complete at once. If not, you have {days} days to bring {short} "
        f"{price}with courses that you finished through {last_day}."
    )


def _days_to_correct(snapshot: Snapshot) -> int:
    """Return how many days the trainer would have to correct the renewal if it were returned now.
    Earlier returns have used up some of them (Q25).
    """
    figures = snapshot.policy.version_on(snapshot.today)
    spent = snapshot.in_hand.correction_days_spent if snapshot.in_hand else 0
    return correction_days_left(figures.correction_days, spent, figures.correction_days_least)


def _petition_sentence(snapshot: Snapshot, petition: Petition) -> str:
    asked = snapshot.policy.unit.words(petition.asked_hundredths or 0)
    name = f"“{petition.title}” ({petition.reference}, {asked})"
    if petition.answer_due_on is None:
        last_day = near_day(require_value(petition.question_through), snapshot.today)
        return f"We asked you something about {name}. Answer by the end of {last_day}."
    if petition.answer_due_on < snapshot.today:
        return f"We wanted to decide about {name} by the end of {day(petition.answer_due_on)} and are late."
    return f"We decide about {name} by the end of {near_day(petition.answer_due_on, snapshot.today)}."


def with_missing(snapshot: Snapshot, line: str) -> str:
    """Return `line` after a sentence about what is missing. When undecided petitions may give what
    is missing, return `line` followed by what each decision would mean.
    """
    if snapshot.rests_on_petitions:
        return f"{line} {not_decided(snapshot)}"
    return f"{snapshot.missing}. {line}" if snapshot.missing else line


def with_next_step(snapshot: Snapshot, tag_kind: str, tag: str, heading: str, line: str) -> StateCard:
    """Return a card whose button is the trainer's next step: to renew, or to add what is missing."""
    return StateCard(tag_kind, tag, heading, line, *next_step(snapshot))
