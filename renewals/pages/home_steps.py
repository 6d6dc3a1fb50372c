"""The list of tasks on Home: what is done, what to do, and what comes later."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from audits.pages.audit import audit_path
from ceus.card_facts import kinds_asked_of
from ceus.cards import needed_from_courses
from core.constraints import require_value
from core.deadlines import near_day
from core.links import path_of
from core.templatetags.words import day
from payments.services.charges import SETTLED, WENT_BACK, may_still_settle
from petitions.models import Petition
from renewals.models import Application
from renewals.pages.lower import asks_for_nothing
from renewals.pages.snapshot import Snapshot, State, application_path
from renewals.pages.ways import chosen_way
from renewals.refunds import fee_words
from renewals.services.dues import earlier_dues
from rules.asking import TRAINER
from rules.days import add_days
from rules.dues import OVERDUE, PAID
from rules.units import count_of
from trainers.circumstances import facts_asked_of, known_facts

DUE_SOON = 60  # days ahead, from which Home names a yearly fee
DONE, READY, LATER = "Done", "Ready", "Cannot start yet"
MINUTES = "Takes about 3 minutes"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task. Without a `tag_kind` its tag is plain text; without a `url` its title is no link."""

    title: str
    line: str
    tag: str
    tag_kind: str = ""
    url: str = ""

    @property
    def is_done(self) -> bool:
        return self.tag == DONE

    @property
    def is_later(self) -> bool:
        return self.tag == LATER


def task_rows(snapshot: Snapshot) -> tuple[TaskRow, ...]:
    """Return the tasks in order. For a credential that can no longer be renewed, or that a higher one
    renews, return only the tasks about petitions.
    """
    over = not snapshot.can_still_renew and not (snapshot.in_hand and snapshot.credential.in_force)
    if over or asks_for_nothing(snapshot):
        return tuple(_petition_tasks(snapshot))
    return (
        *_facts_task(snapshot),
        *_way_task(snapshot),
        *_card_task(snapshot),
        *_need_tasks(snapshot),
        *_courses_task(snapshot),
        *_petition_tasks(snapshot),
        _submit_task(snapshot),
        *_pay_task(snapshot),
        *_audit_task(snapshot),
    )


def _facts_task(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield the task to state what the policy asks of the trainer; none when it asks nothing of them."""
    asked = [one for one in facts_asked_of(snapshot.cycle) if one.by == TRAINER]
    if not asked:
        return
    known = known_facts(snapshot.credential, asked)
    missing = [one.label for one in asked if one.code not in known]
    url = path_of("trainers:facts")
    if missing and not snapshot.in_hand:
        line = f"The rules ask for: {', '.join(missing)}"
        yield TaskRow("Tell us what we need to know", line, "Not stated", "warn", url)
    else:
        yield TaskRow("What we need to know", "", DONE, url=url)


def _way_task(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield the way by which the trainer renews, where the policy leaves a choice."""
    way = chosen_way(snapshot)
    if way:
        tag = DONE if snapshot.cycle.path or snapshot.in_hand else "To choose"
        kind = "" if tag == DONE else "info"
        yield TaskRow(f"Way to renew: {way.label}", "", tag, kind, path_of("renewals:ways"))


def _card_task(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield the task about the card that must be valid: when and why it is needed, and which card we have."""
    card = snapshot.card
    if card is None:
        return
    url, unit, through = path_of("ceus:card"), snapshot.policy.unit, snapshot.card_through
    opens_on = snapshot.standing.dates.opens_on
    if card.met and not (through and snapshot.today < opens_on and through < opens_on):
        line = f"Valid through {day(through)}. Counts {unit.words(card.counted)}" if through else ""
        yield TaskRow(f"{card.label} card added", line, DONE, url=url)
        return
    why = "It must be current on the day we receive your renewal"
    if snapshot.today < opens_on:
        why = f"{why}, from {day(opens_on)} on"
    if through is None:
        # The card of the renewal before is no card of this cycle.
        line = f"{why}. None is on file for this renewal. Counts {unit.words(card.required)}"
    elif through < snapshot.standing.received_on:
        line = f"{why}. The one on file ended on {day(through)}"
    else:
        line = f"{why}. The one on file is valid through {day(through)}"
    yield TaskRow(f"Add your current {card.label} card", line, "Needed", "warn", url)


def _need_tasks(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield a task for each requirement without an amount of the unit: a card, a fact, a number of
    records. A policy that states only amounts has none.
    """
    cards = {one.code for one in kinds_asked_of(snapshot.cycle)}
    more = snapshot.standing.more
    dues = {one.code for one in more.dues} if more else set()
    yield from _due_tasks(snapshot)
    for one in snapshot.standing.requirements:
        if one.unit == snapshot.policy.unit:
            continue
        url = (
            path_of("ceus:cards")
            if one.code in cards
            else path_of("renewals:dues")
            if one.code in dues
            else ""
        )
        if one.met:
            yield TaskRow(one.label, one.text, DONE, url=url)
        else:
            yield TaskRow(one.label, one.text, "Needed", "warn", url)


def _due_tasks(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield a task for each fee that is due by itself within the next days, or is overdue without
    preventing the renewal, such as one of an earlier cycle.
    """
    soon = add_days(snapshot.today, DUE_SOON)
    own = [
        one
        for one in (snapshot.standing.more.dues if snapshot.standing.more else ())
        if not one.with_renewal and one.state != PAID and not (one.blocks and one.state == OVERDUE)
    ]
    earlier = [one.answer for one in earlier_dues(snapshot.cycle, snapshot.today)]
    for one in (*earlier, *own):
        if one.due_on > soon:
            continue
        title = f"Pay {snapshot.money(one.cents)}: {one.label}"
        yield TaskRow(title, f"Through {day(one.last_on)}", "To pay", "warn", path_of("renewals:dues"))


def _courses_task(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield the task to log courses; none where the way to renew asks for none and none is logged."""
    unit, total, card = snapshot.policy.unit, snapshot.standing.total, snapshot.card
    counted = total.counted - (card.counted if card else 0)
    number = snapshot.courses_counted
    line = f"{count_of(number, 'course')}, {unit.words(counted)}"
    from_courses = needed_from_courses(snapshot.cycle, snapshot.standing)
    rest = (one for one in snapshot.standing.requirements if one not in (card, total))
    short = max(from_courses, *(one.missing for one in rest if one.unit == unit), 0)
    if snapshot.only_card_missing or not short:
        if number or total.required:
            yield TaskRow("Courses logged", line, DONE, url=path_of("ceus:my_courses"))
        return
    title, tag = f"Log {unit.format(short)} more {unit.plural}", f"{unit.format(short)} to go"
    line = f"{line}. You need {unit.format(short)} more{about_hours(snapshot, short)}"
    yield TaskRow(title, line, tag, "", path_of("ceus:find"))


def about_hours(snapshot: Snapshot, amount: int) -> str:
    """Return, in brackets, about how many hours of courses `amount` takes, which is in the unit's
    smallest part; "" when the policy has no hours for its unit.
    """
    hours = snapshot.policy.unit.hours(amount)
    return f" (about {count_of(hours, 'hour')})" if hours else ""


def _petition_tasks(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield a task for each petition that has not ended; it says whether the trainer has to do something."""
    for petition in snapshot.petitions:
        title, url = f"“{petition.title}”", reverse("petitions:petition", args=[petition.reference])
        if petition.state == Petition.State.UNPAID:
            yield TaskRow(title, "We look at it once the fee is paid", "To pay", "warn", url)
        elif petition.answer_due_on is None:
            last_day = near_day(require_value(petition.question_through), snapshot.today)
            yield TaskRow(
                title, f"We asked you something. Answer by the end of {last_day}", "To answer", "warn", url
            )
        else:
            due = petition.answer_due_on
            answer = f"We answer by the end of {near_day(due, snapshot.today)}"
            if due < snapshot.today:
                answer = f"We wanted to answer by the end of {day(due)} and are late"
            yield TaskRow(title, f"You asked us to count it. {answer}", "In review", "info", url)


def _submit_task(snapshot: Snapshot) -> TaskRow:
    application = snapshot.in_hand
    if application:
        url = application_path("application", application.reference)
        if application.state == State.RETURNED:
            return TaskRow("Correct your renewal", "One thing needs correcting", "To correct", "warn", url)
        return TaskRow("Renewal submitted", f"Number {application.reference}", DONE, url=url)
    fees = snapshot.standing.fees
    amount = f" {snapshot.money(fees.total_cents)}" if fees and fees.total_cents else ""
    title = f"Check and pay{amount}" if fees is None or amount else "Check and submit"
    if snapshot.can_submit:
        return TaskRow(title, MINUTES, READY, "ok", path_of("renewals:check"))
    return TaskRow(title, f"{_when_possible(snapshot)}{MINUTES}", LATER)


def _when_possible(snapshot: Snapshot) -> str:
    """Return a sentence that says what must be done before the trainer can renew."""
    total = snapshot.standing.total
    if not snapshot.standing.accepts_application and snapshot.next_window:
        return f"From {day(snapshot.standing.dates.opens_on)}. "
    if total.missing and not snapshot.only_card_missing:
        return f"When you have {snapshot.policy.unit.words(total.required)}. "
    return "When nothing else is missing. "


def _pay_task(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield the task to pay for a submitted renewal; none when the renewal costs nothing."""
    if snapshot.in_hand and snapshot.in_hand.fee_total_cents:
        yield _payment_row(snapshot, snapshot.in_hand)


def _payment_row(snapshot: Snapshot, application: Application) -> TaskRow:
    title = f"Pay {snapshot.money(application.due_cents)}"
    url = application_path("application", application.reference)
    if not application.due_cents:
        return TaskRow("Paid", "We waived it, so nothing is left to pay", DONE, url=url)
    if snapshot.payment in WENT_BACK:
        return TaskRow(title, fee_words(application), "Went back", "warn", url)
    if application.state != State.SUBMITTED or snapshot.payment in SETTLED:
        return TaskRow("Paid", "We have your payment", DONE, url=url)
    if snapshot.payment == "confirming":
        return TaskRow(title, "Your bank is confirming it", "Confirming", "info", url)
    last_day = application.submission.pay_through
    if snapshot.today > last_day and may_still_settle(application.submission.charge):
        return TaskRow(title, "We are checking whether you paid in time", "Confirming", "info", url)
    if snapshot.today > last_day:
        return TaskRow(title, f"The last day was {day(last_day)}", "Not paid in time", "warn", url)
    return TaskRow(title, f"Through {day(last_day)}", "To pay", "warn", url)


def _audit_task(snapshot: Snapshot) -> Iterator[TaskRow]:
    """Yield the task to send the documents of an audit, while the trainer can send them."""
    last_on = snapshot.documents_through
    if snapshot.audit is None or last_on is None:
        return
    line = f"By the end of {near_day(last_on, snapshot.today)}"
    yield TaskRow(
        "Send the documents that we asked for", line, "Needed", "warn", audit_path("audit", snapshot.audit)
    )
