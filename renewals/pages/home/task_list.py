"""The requirements as a task list: what to show, what to log, then submit and pay."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from core.constraints import certain
from core.deadlines import near_day
from core.links import path_of
from core.templatetags.words import day, money
from petitions.models import Petition
from renewals.pages.home.case import Case, State
from renewals.pages.paths import application_path

NOT_YET = "Cannot start yet"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row; without `tag_kind` its tag is plain text, without `url` its title is no link."""

    title: str
    line: str
    tag: str
    tag_kind: str = ""
    url: str = ""


def task_rows(case: Case) -> tuple[TaskRow, ...]:
    """Return the rows of the task list in order; only those of petitions once renewing is not
    possible.
    """
    if not case.can_still_renew and not (case.in_hand and case.credential.in_force):
        return tuple(_petition_tasks(case))
    return (
        *_card_task(case),
        _courses_task(case),
        *_petition_tasks(case),
        _submit_task(case),
        _pay_task(case),
    )


def _card_task(case: Case) -> Iterator[TaskRow]:
    card = case.card
    if card is None:
        return
    title, url, unit = f"Show current {card.label}", path_of("ceus:card"), case.policy.unit
    if case.card_through is None:
        line = f"Both sides of your card and its last valid day. Counts {unit.words(card.required)}"
    elif case.card_through < case.standing.received_on:
        line = f"Your card ended on {day(case.card_through)}"
    else:
        line = f"Card valid through {day(case.card_through)}. Counts {unit.words(card.counted)}"
    yield TaskRow(title, line, "Done", url=url) if card.met else TaskRow(title, line, "Needed", "warn", url)


def _courses_task(case: Case) -> TaskRow:
    unit, total, card = case.policy.unit, case.standing.total, case.card
    counted = total.counted - (card.counted if card else 0)
    number = case.courses_counted
    line = f"{number} course{'' if number == 1 else 's'}, {unit.words(counted)}"
    short = max((one.missing for one in case.standing.requirements if one != card), default=0)
    if case.only_card_missing or not short:
        return TaskRow("Log your courses", line, "Done", url=path_of("ceus:my_courses"))
    line = f"{line}. You need {unit.format(short)} more"
    return TaskRow(
        "Log your courses", line, f"{unit.format(short)} to go", "warn", path_of("ceus:my_courses")
    )


def _petition_tasks(case: Case) -> Iterator[TaskRow]:
    """Yield a row for each petition in hand; it tells when the trainer has to act."""
    for petition in case.petitions:
        title, url = f"“{petition.title}”", reverse("petitions:petition", args=[petition.reference])
        if petition.state == Petition.State.UNPAID:
            yield TaskRow(title, "We look at it once the fee is paid", "To pay", "warn", url)
        elif petition.answer_due_on is None:
            last_day = near_day(certain(petition.question_through), case.today)
            yield TaskRow(
                title, f"We asked you something. Answer by the end of {last_day}", "To answer", "warn", url
            )
        else:
            due = petition.answer_due_on
            answer = f"We answer by the end of {near_day(due, case.today)}"
            if due < case.today:
                answer = f"We wanted to answer by the end of {day(due)} and are late"
            yield TaskRow(title, f"You asked us to count it. {answer}", "In review", "info", url)


def _submit_task(case: Case) -> TaskRow:
    title, line = "Submit your renewal", "Takes about 3 minutes"
    application = case.in_hand
    if application:
        url = application_path("application", application.reference)
        if application.state == State.RETURNED:
            return TaskRow(title, "One thing needs correcting", "To correct", "warn", url)
        return TaskRow(title, f"Number {application.reference}", "Done", url=url)
    if case.can_submit:
        return TaskRow(title, line, "Ready", "ok", path_of("renewals:check"))
    if not case.standing.accepts_application and case.next_window:
        line = f"From {day(case.standing.dates.opens_on)}. {line}"
    return TaskRow(title, line, NOT_YET, "none")


def _pay_task(case: Case) -> TaskRow:
    application = case.in_hand
    if application is None:
        fees = case.standing.fees
        amount = f" {money(fees.total_cents)}" if fees else ""
        return TaskRow(f"Pay{amount}", "After you submit", NOT_YET, "none")
    title = f"Pay {money(application.fee_total_cents or 0)}"
    url = application_path("application", application.reference)
    if application.state != State.SUBMITTED or case.payment == "paid":
        return TaskRow(title, "We have your payment", "Done", url=url)
    if case.payment == "confirming":
        return TaskRow(title, "Your bank is confirming it", "Confirming", "info", url)
    last_day = application.submission.pay_through
    if case.today > last_day:
        return TaskRow(title, f"The last day was {day(last_day)}", "Not paid in time", "warn", url)
    return TaskRow(title, f"Through {day(last_day)}", "To pay", "warn", url)
