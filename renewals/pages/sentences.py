"""Sentences and cards that several pages share: until when a trainer is certified, when a day ends,
and what a renewal waits for: a payment (Q13) or a petition (Q15, Q16).
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
from renewals.pages.case import Case, State, application_path, next_step
from renewals.refunds import fee_words
from renewals.services.audited import second_look
from rules.days import business_day_after
from rules.facts import APPLICATION, COMPLETION
from rules.fees import WAIVED, FeeLine, Fees, because_of
from rules.last_days import correction_days_left

PAYS = (*SETTLED, "confirming")


WAIVED_ALL = "We waived the fee, so nothing is left to pay"


def certified_heading(case: Case) -> str:
    return f"You are certified through {day(case.cycle.expires_on)}"


def certified_sentence(case: Case) -> str:
    """Return a sentence that says whether the trainer is certified today."""
    certification = case.certification
    if certification.through:
        return f"{certified_heading(case)}."
    if certification.certified:
        return "Your certification stays active while we check."
    waits = case.in_hand is not None and (case.in_hand.state != State.SUBMITTED or case.payment in PAYS)
    until = " You are not certified until we are done." if waits else ""
    return f"Your certification expired on {day(case.cycle.expires_on)}.{until}"


def price_in_parts(case: Case, fees: Fees) -> str:
    """Return a price with its parts, such as "$149: $99, a $30 late fee and a $20 additional fee"."""
    lines = net_lines(fees)
    if not lines:
        return case.money(fees.total_cents)
    (_, first), *added = lines
    total, base = case.money(fees.total_cents), case.money(first)
    parts = [_with_article(f"{case.money(cents)} {line.label.lower()}") for line, cents in added]
    waived = ", after what we waived" if any(line.amount_cents < 0 for line in fees.lines) else ""
    if not parts:
        return f"{total}{waived}"
    if len(parts) == 1:
        return f"{total}: {base} plus {parts[0]}{waived}"
    return f"{total}: {', '.join([base, *parts[:-1]])} and {parts[-1]}{waived}"


def net_lines(fees: Fees) -> list[tuple[FeeLine, int]]:
    """Return (fee, cents left to pay) for each fee that is not waived in full (Q35)."""
    waived = {
        line.code.removeprefix(WAIVED): line.amount_cents for line in fees.lines if line.amount_cents < 0
    }
    left = ((line, line.amount_cents + waived.get(line.code, 0)) for line in fees.lines)
    return [(line, cents) for line, cents in left if cents > 0]


def granted_sentences(case: Case) -> Iterator[str]:
    """Yield a sentence for each extension or waiver that was granted for this cycle and still
    matters, with its reason (Q34, Q35).
    """
    if case.in_hand and case.in_hand.charge and case.in_hand.charge.waived_cents:
        yield f"We waived {case.money(case.in_hand.charge.waived_cents)} of what this renewal costs."
    if case.in_hand or not case.can_still_renew:
        return
    dates, cycle = case.standing.dates, case.cycle
    courses, apply = dates.completion_deadline, dates.last_day_to_apply
    more_courses = courses > cycle.completion_deadline and case.today <= courses
    more_to_apply = apply > cycle.last_day_to_apply
    if more_courses and more_to_apply and courses == apply:
        yield _more_time(case, COMPLETION, courses, "finish courses and apply")
    else:
        if more_courses:
            yield _more_time(case, COMPLETION, courses, "finish courses")
        if more_to_apply:
            yield _more_time(case, APPLICATION, apply, "apply")
    for one in case.facts.waivers:
        fee = next((fee for fee in case.policy.version_on(case.today).fees if fee.code == one.of), None)
        amount = "" if one.cents is None else f"{case.money(one.cents)} of "
        yield f"We waived {amount}the {(fee.label if fee else one.of).lower()}{because_of(one.reason)}."


def _more_time(case: Case, of: str, through: date, deed: str) -> str:
    reasons = (one.reason for one in case.facts.extensions if one.of == of and one.through == through)
    because = because_of(next(reasons, ""))
    return f"We gave you more time{because}: you can {deed} through {day(through)}."


def _with_article(price: str) -> str:
    """Return a price with the article that is spoken before it: "a $30 late fee", "an $80 late fee"."""
    digits = price.lstrip("$€£ ").partition(" ")[0].partition(".")[0]
    said_with_a_vowel = digits.startswith("8") or digits in ("11", "18")
    return f"{'an' if said_with_a_vowel else 'a'} {price}"


def added_fee(case: Case, fees: Fees) -> str:
    """Return the last of `fees` that is not waived, as amount and label, such as "$30 late fee"; ""
    when there is none.
    """
    if not (lines := net_lines(fees)):
        return ""
    line, cents = lines[-1]
    return f"{case.money(cents)} {line.label.lower()}"


def own_clock_note(case: Case, last_day: date) -> str:
    """Return, in brackets, when a day ends in the trainer's own zone; "" when both zones agree (Q3)."""
    there = own_clock_words(last_day, case.zone, case.own_zone)
    return f" ({there})" if there else ""


def ends_elsewhere(case: Case, last_day: date) -> str:
    """Return a sentence that says when a day ends in the trainer's own zone; "" when both zones
    show the same time (Q3).
    """
    there = own_clock_words(last_day, case.zone, case.own_zone)
    return f" That day ends at 11:59 pm, {zone_words(case.zone)} ({there})." if there else ""


def answer_day(case: Case) -> date:
    """Return the last day on which we promise to answer, counted from the day of payment."""
    application = case.application
    paid_at = application.charge.paid_at if application and application.charge else None
    start = clock.date_of(paid_at, case.zone) if paid_at else case.today
    days = case.policy.version_on(case.today).promised_answer_business_days
    return business_day_after(start, days)


def payment_problem_card(case: Case) -> StateCard | None:
    application = case.application
    if application is None or application.state != State.SUBMITTED:
        return None
    if case.payment in SETTLED:
        return paid_card(case)
    if case.payment == "confirming":
        return waiting_for_bank_card(case)
    last_day = application.submission.pay_through
    charge = application.submission.charge
    if case.today > last_day:
        return checking_card(case, last_day) if may_still_settle(charge) else not_paid_card(case, last_day)
    declined = "Your bank declined the payment. " if case.payment == "declined" else ""
    due = f"{near_day(last_day, case.today)}{own_clock_note(case, last_day)}"
    just_paid = f" {JUST_PAID}" if awaits_report(charge) else ""
    return StateCard(
        "warn",
        "Not paid yet",
        "Your renewal is not finished",
        f"{declined}We hold your place and this price. Pay by the end of {due}.{just_paid}",
        f"Pay {case.money(application.due_cents)}",
        application_path("pay", application.reference),
        posts=True,
        fact=certified_sentence(case),
    )


def paid_card(case: Case) -> StateCard:
    """Return the card for a renewal that is paid, or whose price was waived, and has not taken its
    next step.
    """
    line = "We are finishing your renewal. There is nothing to do. We will email you."
    tag, heading = ("Paid", "We have your payment") if case.payment == "paid" else ("Waived", WAIVED_ALL)
    return StateCard("ok", tag, heading, line, fact=certified_sentence(case))


def waiting_for_bank_card(case: Case) -> StateCard:
    return StateCard(
        "info",
        "Confirming payment",
        "We are waiting for your bank",
        "Nothing to do. We will email you.",
        fact=certified_sentence(case),
    )


def checking_card(case: Case, last_day: date) -> StateCard:
    """Return the card shown when the last day to pay has ended and we must still ask whether the
    trainer paid.
    """
    line = (
        f"The last day to pay was {day(last_day)}. If you paid by then, your renewal goes on. "
        "There is nothing to do. We will email you."
    )
    heading = "We are checking whether you paid in time"
    return StateCard("info", "Confirming payment", heading, line, fact=certified_sentence(case))


def look_words(application: Application, case: Case) -> str:
    """Return a sentence that says whether a denial is under a second review, or until when the
    trainer can ask for one (Q26).
    """
    look = second_look(application, case.today)
    if look == "open":
        return "Somebody else is looking at your documents again. Until they decide, our decision does not change."
    if look == "possible":
        last_day = near_day(last_day_to_ask(application, DENIED), case.today)
        return f"You can ask once, through {last_day}, that somebody else looks at it again."
    return "If we made a mistake, write to us."


def not_paid_card(case: Case, last_day: date) -> StateCard:
    """Return the card shown after the last day to pay until the sweep has ended the application."""
    returned = f"{fee_words(require_value(case.application))} " if case.payment == "returned" else ""
    return StateCard(
        "warn",
        "Not paid in time",
        "Your renewal was not paid in time",
        f"The last day to pay was {day(last_day)}. {returned}You can start again, at the price of that day.",
        f"Start again{case.for_price}",
        path_of("renewals:start"),
        posts=True,
        fact=certified_sentence(case),
    )


def not_decided(case: Case) -> str:
    """Return sentences about the undecided petition that the renewal waits for, and what each
    decision means.
    """
    return f"{_waits_for(case)} {_either_way(case)}"


def answer_step(case: Case) -> tuple[str, str]:
    """Return (button, path) for the first petition that waits for the trainer's answer; two empty
    texts when there is none.
    """
    asked = (one for one in case.hoped_petitions if one.state == Petition.State.QUESTION)
    first = next(asked, None)
    return (
        ("Answer our question", reverse("petitions:petition", args=[first.reference])) if first else ("", "")
    )


def _waits_for(case: Case) -> str:
    """Return a sentence that says which petition is undecided, and by when we answer."""
    return " ".join(_petition_sentence(case, petition) for petition in case.hoped_petitions)


def _either_way(case: Case) -> str:
    """Return sentences that say what happens when the course of the petition counts, and when it does not."""
    unit, days = case.policy.unit, _days_to_correct(case)
    short = unit.words(case.standing.total.missing)
    last_day = day(case.standing.dates.completion_deadline)
    course = "it" if len(case.hoped_petitions) == 1 else "them"
    price = "at the same price, " if case.price else ""
    return (
        f"If we count {course}, your renewal is complete at once. If not, you have {days} days to bring {short} "
        f"{price}with courses that you finished through {last_day}."
    )


def _days_to_correct(case: Case) -> int:
    """Return how many days the trainer would have to correct the renewal if it were returned now.
    Earlier returns have used up some of them (Q25).
    """
    figures = case.policy.version_on(case.today)
    spent = case.in_hand.correction_days_spent if case.in_hand else 0
    return correction_days_left(figures.correction_days, spent, figures.correction_days_least)


def _petition_sentence(case: Case, petition: Petition) -> str:
    asked = case.policy.unit.words(petition.asked_hundredths or 0)
    name = f"“{petition.title}” ({petition.reference}, {asked})"
    if petition.answer_due_on is None:
        last_day = near_day(require_value(petition.question_through), case.today)
        return f"We asked you something about {name}. Answer by the end of {last_day}."
    if petition.answer_due_on < case.today:
        return f"We wanted to decide about {name} by the end of {day(petition.answer_due_on)} and are late."
    return f"We decide about {name} by the end of {near_day(petition.answer_due_on, case.today)}."


def with_missing(case: Case, line: str) -> str:
    """Return `line` after a sentence about what is missing. When undecided petitions may give what
    is missing, return `line` followed by what each decision would mean.
    """
    if case.rests_on_petitions:
        return f"{line} {not_decided(case)}"
    return f"{case.missing}. {line}" if case.missing else line


def with_next_step(case: Case, tag_kind: str, tag: str, heading: str, line: str) -> StateCard:
    """Return a card whose button is the trainer's next step: to renew, or to add what is missing."""
    return StateCard(tag_kind, tag, heading, line, *next_step(case))
