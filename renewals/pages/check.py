"""What a trainer reads before agreeing: answers, price, attestation, and what an early renewal
leaves uncounted; or why it is too early.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.attestation import Attestation
from cases.pages import Row
from ceus.carried import carried_amount, left_over_words
from ceus.models import CeuRecord
from core.constraints import require_value
from core.deadlines import near_day
from core.links import path_of, plain_path_of
from core.templatetags.words import day, money, on, signed_money
from renewals.attestation import attestation_for
from renewals.joining import Candidate
from renewals.pages.certified import certified_heading, other_status_words
from renewals.pages.joined import OtherCertification, fees_for, other_certifications, rows_of_joined
from renewals.pages.lower import HEADING, SEE_ALL, asks_for_nothing, together_words
from renewals.pages.sentences import not_decided
from renewals.pages.snapshot import Snapshot, next_step
from renewals.pages.ways import chosen_way
from rules.cycle_ends import APPROVAL
from rules.days import due_on, through_words
from rules.fees import Fees
from trainers.services.cycles import foreseen_period

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
    others: tuple[OtherCertification, ...] = ()

    @property
    def has_choice(self) -> bool:
        """Return whether a further certification can be renewed with this one."""
        return any(one.may_join for one in self.others)


@dataclass(frozen=True, slots=True)
class NotYet:
    """Why an application cannot be submitted, and what to do instead."""

    heading: str
    sentences: tuple[str, ...]
    button: str = ""
    url: str = ""


def check_page(
    snapshot: Snapshot, candidates: Sequence[Candidate] = (), numbers: Collection[str] = ()
) -> RenewalCheckPage:
    """Return the page for a snapshot that can be submitted today, with those of the `candidates` chosen
    whose `numbers` are given. One query.
    """
    chosen = [one for one in candidates if one.number in numbers]
    version = snapshot.policy.version_on(snapshot.today)
    fees = require_value(fees_for(snapshot, chosen))
    price = snapshot.money(fees.total_cents) if fees.total_cents else ""
    return RenewalCheckPage(
        person=(*_person(snapshot), *rows_of_joined(chosen)),
        ceus=tuple(_ceus(snapshot)),
        fees=_fees(snapshot, fees) if fees.total_cents else (),
        price=price,
        pay_by=near_day(due_on(snapshot.today, version.pay_within_days), snapshot.today),
        refund=REFUND[version.renewal_refundable_until],
        warnings=(
            *other_status_words(snapshot),
            *_renewed_anyway(snapshot),
            *_not_decided(snapshot),
            *_left_behind(snapshot),
        ),
        attestation=attestation_for(version),
        total_cents=fees.total_cents,
        button=f"Agree and pay {price}" if price else "Agree and send",
        others=other_certifications(snapshot, candidates, numbers),
    )


def why_not(snapshot: Snapshot) -> NotYet | None:
    """Return the first reason why an application cannot be submitted today; None when it can."""
    standing, expires_on = snapshot.standing, day(snapshot.cycle.expires_on)
    if not snapshot.credential.in_force:
        sentence = "While it is not active you cannot renew it. Contact us to hear why and what you can do."
        return NotYet("Your certification is not active", (sentence,), "Contact us", path_of("pages:help"))
    if snapshot.cycle.is_for_life:
        certificate = path_of("renewals:certificate")
        nothing = f"{certified_heading(snapshot)}: there is nothing to renew."
        return NotYet(certified_heading(snapshot), (nothing,), "See your certificate", certificate)
    if asks_for_nothing(snapshot) and not snapshot.can_submit:
        return NotYet(HEADING, (together_words(snapshot),), SEE_ALL, plain_path_of("renewals:home"))
    if snapshot.next_window and not standing.accepts_application:
        sentences = (
            f"{certified_heading(snapshot)}.",
            f"You can renew from {day(snapshot.next_window.first_on)}. {snapshot.standing.total.text}",
        )
        return NotYet("You cannot renew yet", sentences, "Log a course", path_of("ceus:find"))
    if not standing.accepts_application:
        ended = (
            f"It ended on {expires_on}. The last day to renew it was {day(standing.dates.last_day_to_apply)}."
        )
        heading = "You can no longer renew this certification"
        return NotYet(heading, (ended,), "See how", path_of("renewals:start_again"))
    return None if snapshot.can_submit else _incomplete(snapshot)


class ShownLine(TypedDict):
    """What a table of fees shows of a line."""

    label: str
    amount_cents: int
    text: str


def fee_rows(lines: Iterable[ShownLine], total: str) -> tuple[Row, ...]:
    """Return a row for each fee line with its reason, then a row with the sum, whose name is `total`."""
    kept = list(lines)
    rows = (Row(line["label"], with_why(signed_money(line["amount_cents"]), line["text"])) for line in kept)
    return (*rows, Row(total, money(sum(line["amount_cents"] for line in kept)), total=True))


def with_why(value: str, why: str) -> SafeString:
    """Return a value with its reason beside it."""
    return format_html('{} <span class="muted small">{}</span>', value, why)


def _fees(snapshot: Snapshot, fees: Fees) -> tuple[FeeLine, ...]:
    """Return a line for each fee that is charged today, then a line for each that is charged later, with
    the last day on which it is not.
    """
    charged = (FeeLine(line.label, signed_money(line.amount_cents), line.text) for line in fees.lines)
    codes = {line.code for line in fees.lines}
    later = {
        line.code: line.label
        for window in snapshot.standing.windows
        if window.first_on > snapshot.today
        for line in window.fees.lines
        if line.code not in codes and line.amount_cents > 0
    }
    spared = (
        FeeLine(label, money(0), f"Not charged through {_last_day_without(snapshot, code)}.")
        for code, label in later.items()
    )
    return (*charged, *spared)


def _last_day_without(snapshot: Snapshot, code: str) -> str:
    """Return the last day on which the fee of this code is not due: the last day of the last window
    without that fee, beginning with today's window.
    """
    windows = [one for one in snapshot.standing.windows if one.last_on >= snapshot.today]
    return day(max(one.last_on for one in windows if code not in {line.code for line in one.fees.lines}))


def _person(snapshot: Snapshot) -> tuple[Row, ...]:
    trainer = snapshot.credential.trainer
    return (
        Row("Name on certificate", trainer.name, path_of("names:change")),
        Row("Email", trainer.email, path_of("account_email")),
        Row("Certification", f"{snapshot.policy.title}, number {snapshot.credential.display_number}"),
        *_way_row(snapshot),
        Row("Next cycle", _next_cycle(snapshot)),
    )


def _way_row(snapshot: Snapshot) -> Iterator[Row]:
    """Yield the way to renew, where there is a choice."""
    way = chosen_way(snapshot)
    if way:
        yield Row("Way to renew", way.label, path_of("renewals:ways"))


def _next_cycle(snapshot: Snapshot) -> str:
    period, more = foreseen_period(snapshot.cycle, snapshot.standing), snapshot.standing.more
    if more and more.next_from == APPROVAL:
        return "From the day on which we approve your renewal"
    return f"{day(period.starts_on)} {through_words(period.expires_on)}"


def _ceus(snapshot: Snapshot) -> Iterator[Row]:
    """Yield a row for each course that the application claims, with its day, the newest first; then
    the card, and the sum.
    """
    unit, card, claimed = snapshot.policy.unit, snapshot.card, _claimed(snapshot)
    records = CeuRecord.objects.filter(pk__in=claimed).order_by("-completed_on", "-pk")
    for record in records:
        category, counted = claimed[str(record.pk)]
        if not card or category != card.code:
            value = format_html("{}, {}", on(record.completed_on), unit.words(counted))
            yield Row(record.title, value)
    carried = carried_amount(snapshot.standing)
    if carried:
        yield Row("Carried over from your last cycle", unit.words(carried))
    if card and snapshot.card_through:
        value = format_html("{}, valid through {}", unit.words(card.counted), on(snapshot.card_through))
        yield Row(card.label, value, path_of("ceus:card"))
    total = snapshot.standing.total
    if total.required:
        together = f"{unit.format(min(total.counted, total.required))} of {unit.words(total.required)}"
        yield Row("Together", together, path_of("ceus:my_courses"), total=True)


def _claimed(snapshot: Snapshot) -> dict[str, tuple[str, int]]:
    """Return (category, amount) of each record that an application submitted now would claim, by
    the id of the record.
    """
    return {
        record.id: (record.category, answer.counted)
        for record, answer in snapshot.own_answers
        if record.id in snapshot.standing.claims
    }


def _renewed_anyway(snapshot: Snapshot) -> Iterator[str]:
    """Yield a sentence for a certification that a higher one renews without a fee."""
    if asks_for_nothing(snapshot):
        yield together_words(snapshot)


def _not_decided(snapshot: Snapshot) -> Iterator[str]:
    """Yield sentences about the undecided petitions that the renewal waits for, and what each
    decision would mean (Q15).
    """
    if snapshot.rests_on_petitions:
        yield not_decided(snapshot)


def _left_behind(snapshot: Snapshot) -> Iterator[str]:
    """Yield sentences about courses that would not count for a renewal today: later ones, what is
    more than needed, and those left for the next cycle. The trainer reads these before agreeing
    (Q9).
    """
    expires_on, period = snapshot.cycle.expires_on, snapshot.standing.dates.next_cycle
    if period.is_for_life:
        return
    next_starts = day(period.starts_on)
    if snapshot.today < expires_on < period.starts_on:
        yield (
            f"If you renew today, courses that you finish after today and through {day(expires_on)} will not count. "
            f"Your next cycle counts courses from {next_starts}."
        )
    claimed = sum(counted for _, counted in _claimed(snapshot).values())
    surplus = claimed + carried_amount(snapshot.standing) - snapshot.standing.total.required
    if surplus > 0:
        yield left_over_words(snapshot.standing, surplus)
    spared = sum(answer.counted > 0 for answer in snapshot.standing.records) - len(snapshot.standing.claims)
    if spared > 0:
        courses = "1 course is" if spared == 1 else f"{spared} courses are"
        yield f"{courses} not needed for this renewal and can count for your next cycle."


def _incomplete(snapshot: Snapshot) -> NotYet:
    missing = tuple(one.text for one in snapshot.standing.requirements if not one.met)
    button, url = next_step(snapshot)
    return NotYet("Something is still missing", missing, button, url)
