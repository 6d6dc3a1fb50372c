"""What a trainer reads before agreeing: answers, price, attestation, and what an early renewal
leaves uncounted; or why it is too early.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.attestation import Attestation
from cases.pages import Row
from ceus.models import CeuRecord
from core.constraints import require_value
from core.deadlines import near_day
from core.links import path_of
from core.templatetags.words import day, money, on, signed_money
from renewals.attestation import attestation_for
from renewals.pages.case import Case, next_step
from renewals.pages.sentences import not_decided
from rules.days import due_on
from rules.fees import Fees

REFUND = {  # by the policy's "renewal fee refundable until"
    "never": "A renewal fee that you have paid is not returned.",
    "review": "Our review begins when your payment is settled. From then on the renewal fee is not returned.",
    "approval": "Until we have approved your renewal, write to us and we return the renewal fee.",
}


@dataclass(frozen=True, slots=True)
class FeeLine:
    """A fee: its amount today, and why it is due."""

    name: str
    amount: str
    why: str


@dataclass(frozen=True, slots=True)
class RenewalCheckPage:
    """Everything that the page shows above its button; `total_cents` is the price that the trainer
    agrees to.
    """

    person: tuple[Row, ...]
    ceus: tuple[Row, ...]
    fees: tuple[FeeLine, ...]
    price: str
    pay_by: str
    refund: str
    warnings: tuple[str, ...]
    attestation: Attestation
    total_cents: int
    button: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """Why an application cannot be submitted, and what to do instead."""

    heading: str
    sentences: tuple[str, ...]
    button: str = ""
    url: str = ""


def check_page(case: Case) -> RenewalCheckPage:
    """Return the page for a case that can be submitted today. One query."""
    fees, version = require_value(case.standing.fees), case.policy.version_on(case.today)
    return RenewalCheckPage(
        person=_person(case),
        ceus=tuple(_ceus(case)),
        fees=_fees(case, fees) if fees.total_cents else (),
        price=case.price,
        pay_by=near_day(due_on(case.today, version.pay_within_days), case.today),
        refund=REFUND[version.renewal_refundable_until],
        warnings=(*_not_decided(case), *_left_behind(case)),
        attestation=attestation_for(version),
        total_cents=fees.total_cents,
        button=f"Agree and pay {case.price}" if case.price else "Agree and send",
    )


def why_not(case: Case) -> NotYet | None:
    """Return the first reason why an application cannot be submitted today; None when it can."""
    standing, expires_on = case.standing, day(case.cycle.expires_on)
    if not case.credential.in_force:
        sentence = "While it is not active you cannot renew it. Contact us to hear why and what you can do."
        return NotYet("Your certification is not active", (sentence,), "Contact us", path_of("pages:help"))
    if case.next_window and not standing.accepts_application:
        sentences = (
            f"You are certified through {expires_on}.",
            f"You can renew from {day(case.next_window.first_on)}. {case.standing.total.text}",
        )
        return NotYet("You cannot renew yet", sentences, "Log a course", path_of("ceus:find"))
    if not standing.accepts_application:
        ended = (
            f"It ended on {expires_on}. The last day to renew it was {day(standing.dates.last_day_to_apply)}."
        )
        heading = "You can no longer renew this certification"
        return NotYet(heading, (ended,), "See how", path_of("renewals:start_again"))
    return None if case.can_submit else _incomplete(case)


def fee_rows(lines: Iterable[Mapping[str, Any]], total: str) -> tuple[Row, ...]:
    """Return a row for each fee line with its reason, then a row with the sum, whose name is `total`."""
    kept = list(lines)
    rows = (Row(line["label"], with_why(signed_money(line["amount_cents"]), line["text"])) for line in kept)
    return (*rows, Row(total, money(sum(line["amount_cents"] for line in kept)), total=True))


def with_why(value: str, why: str) -> SafeString:
    """Return a value with its reason beside it."""
    return format_html('{} <span class="muted small">{}</span>', value, why)


def _fees(case: Case, fees: Fees) -> tuple[FeeLine, ...]:
    """Return a line for each fee that is due today, and for each fee that is due only later a line
    with the last day on which it is not due.
    """
    charged = (FeeLine(line.label, signed_money(line.amount_cents), line.text) for line in fees.lines)
    codes = {line.code for line in fees.lines}
    spared = (
        FeeLine(fee.label, money(0), f"Not charged through {_last_day_without(case, fee.code)}.")
        for fee in case.policy.version_on(case.today).fees
        if fee.code not in codes and fee.amount_cents
    )
    return (*charged, *spared)


def _last_day_without(case: Case, code: str) -> str:
    """Return the last day on which the fee of this code is not due: that of the last window without
    it, beginning with today's.
    """
    windows = [one for one in case.standing.windows if one.last_on >= case.today]
    return day(max(one.last_on for one in windows if code not in {line.code for line in one.fees.lines}))


def _person(case: Case) -> tuple[Row, ...]:
    trainer = case.credential.trainer
    return (
        Row("Name on certificate", trainer.name, path_of("names:change")),
        Row("Email", trainer.email, path_of("account_email")),
        Row("Certification", f"{case.policy.title}, number {case.credential.display_number}"),
        Row("Next cycle", _next_cycle(case)),
    )


def _next_cycle(case: Case) -> str:
    period = case.standing.dates.next_cycle
    return f"{day(period.starts_on)} through {day(period.expires_on)}"


def _ceus(case: Case) -> Iterator[Row]:
    """Yield a row for each course that the application claims, with its day, the newest first; then
    the card, and the sum.
    """
    unit, card, claimed = case.policy.unit, case.card, _claimed(case)
    records = CeuRecord.objects.filter(pk__in=claimed).order_by("-completed_on", "-pk")
    for record in records:
        category, counted = claimed[str(record.pk)]
        if not card or category != card.code:
            value = format_html("{}, {}", on(record.completed_on), unit.words(counted))
            yield Row(record.title, value)
    if card and case.card_through:
        value = format_html("{}, valid through {}", unit.words(card.counted), on(case.card_through))
        yield Row(card.label, value, path_of("ceus:card"))
    total = case.standing.total
    together = f"{unit.format(min(total.counted, total.required))} of {unit.words(total.required)}"
    yield Row("Together", together, path_of("ceus:my_courses"), total=True)


def _claimed(case: Case) -> dict[str, tuple[str, int]]:
    """Return (category, amount) of each record that an application submitted now would claim, by
    the id of the record.
    """
    pairs = zip(case.facts.records, case.standing.records, strict=True)
    return {
        record.id: (record.category, answer.counted)
        for record, answer in pairs
        if record.id in case.standing.claims
    }


def _not_decided(case: Case) -> Iterator[str]:
    """Yield sentences about the undecided petitions that the renewal waits for, and what each
    decision would mean (Q15).
    """
    if case.rests_on_petitions:
        yield not_decided(case)


def _left_behind(case: Case) -> Iterator[str]:
    """Yield a sentence for what a renewal today leaves uncounted. The trainer reads these before
    agreeing (Q9).
    """
    unit, expires_on = case.policy.unit, case.cycle.expires_on
    next_starts = day(case.standing.dates.next_cycle.starts_on)
    if case.today < expires_on:
        yield (
            f"If you renew today, courses that you finish after today and through {day(expires_on)} will not count. "
            f"Your next cycle counts courses from {next_starts}."
        )
    surplus = sum(counted for _, counted in _claimed(case).values()) - case.standing.total.required
    if surplus > 0:
        yield f"You have {unit.words(surplus)} more than you need. They do not carry over to your next cycle."
    spared = sum(answer.counted > 0 for answer in case.standing.records) - len(case.standing.claims)
    if spared > 0:
        courses = "1 course is" if spared == 1 else f"{spared} courses are"
        yield f"{courses} not needed for this renewal and can count for your next cycle."


def _incomplete(case: Case) -> NotYet:
    missing = tuple(one.text for one in case.standing.requirements if not one.met)
    button, url = next_step(case)
    return NotYet("Something is still missing", missing, button, url)
