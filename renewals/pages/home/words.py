"""Phrases that several states share: prices in parts, what to do next, whether somebody is
certified.
"""

from datetime import date

from core import clock
from core.deadlines import own_clock_words, zone_words
from core.links import path_of
from core.templatetags.words import day
from renewals.pages.home.case import Case
from rules.days import business_day_after
from rules.fees import Fees


def certified_heading(case: Case) -> str:
    return f"You are certified through {day(case.cycle.expires_on)}"


def certified_sentence(case: Case) -> str:
    """Return whether the trainer is certified today, as a sentence."""
    certification = case.certification
    if certification.through:
        return f"{certified_heading(case)}."
    if certification.certified:
        return "Your certification stays active while we check."
    until = " You are not certified until we are done." if case.in_hand else ""
    return f"Your certification expired on {day(case.cycle.expires_on)}.{until}"


def price_in_parts(case: Case, fees: Fees) -> str:
    """Return a price with its parts, such as "$149: $99, a $30 late fee and a $20 additional fee"."""
    first, *added = fees.lines
    total, base = case.money(fees.total_cents), case.money(first.amount_cents)
    parts = [_with_article(f"{case.money(line.amount_cents)} {line.label.lower()}") for line in added]
    if not parts:
        return total
    if len(parts) == 1:
        return f"{total}: {base} plus {parts[0]}"
    return f"{total}: {', '.join([base, *parts[:-1]])} and {parts[-1]}"


def added_fee(case: Case, fees: Fees) -> str:
    """Return the last line of `fees` as amount and label, such as "$30 late fee"."""
    line = fees.lines[-1]
    return f"{case.money(line.amount_cents)} {line.label.lower()}"


def next_step(case: Case) -> tuple[str, str]:
    """Return (button, path): renew when nothing is missing, else add what is."""
    if case.is_complete or case.rests_on_petitions:
        return f"Renew for {case.price}", path_of("renewals:check")
    if case.only_card_missing:
        return "Update your card", path_of("ceus:card")
    return "Log a course", path_of("ceus:find")


def own_clock_note(case: Case, last_day: date) -> str:
    """Return the end of a day on the trainer's own clock, in brackets, when it differs (Q3)."""
    there = own_clock_words(last_day, case.zone, case.own_zone)
    return f" ({there})" if there else ""


def ends_elsewhere(case: Case, last_day: date) -> str:
    """Return when a day ends on the trainer's own clock, as a sentence, when it differs (Q3)."""
    there = own_clock_words(last_day, case.zone, case.own_zone)
    return f" That day ends at 11:59 pm, {zone_words(case.zone)} ({there})." if there else ""


def answer_day(case: Case) -> date:
    """Return the last day of our promise to answer, counted from the day of payment."""
    application = case.application
    paid_at = application.charge.paid_at if application and application.charge else None
    start = clock.date_of(paid_at, case.zone) if paid_at else case.today
    days = case.policy.version_on(case.today).promised_answer_business_days
    return business_day_after(start, days)


def _with_article(price: str) -> str:
    """Return a price with its article, as it is spoken: "a $30 late fee", "an $80 late fee"."""
    digits = price.lstrip("$€£ ").partition(" ")[0].partition(".")[0]
    said_with_a_vowel = digits.startswith("8") or digits in ("11", "18")
    return f"{'an' if said_with_a_vowel else 'a'} {price}"
