"""Home: the card of the day, the requirements as a task list, and the key dates with their prices."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.pages import StateCard
from core.constraints import require_value
from core.deadlines import near_day
from core.links import path_of
from core.templatetags.words import day
from payments.services.charges import SETTLED, WENT_BACK, may_still_settle
from petitions.models import Petition
from renewals.models import Application
from renewals.pages.cards import state_of
from renewals.pages.case import Case, State, application_path, case_of
from renewals.pages.sentences import added_fee, ends_elsewhere, granted_sentences
from renewals.refunds import fee_words
from rules.fees import Window
from trainers.models import Cycle

NOT_YET = "Cannot start yet"
DOCUMENTS = "Last day to send your documents"
DOCUMENTS_NOTE = "After that day nothing can be added, and we cannot renew your certification without them."


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One row; without `tag_kind` its tag is plain text, without `url` its title is no link."""

    title: str
    line: str
    tag: str
    tag_kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class KeyDate:
    label: str
    when: SafeString
    note: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """What Home shows. `value` and `most` are the value and maximum of the progress bar, in the
    unit's smallest part. Empty texts are not shown.

    `banner` says why a renewal ended, `mail_comes_back` that mail to the trainer is bouncing,
    `granted` what was granted in hardship.
    """

    state: StateCard
    banner: str
    mail_comes_back: str
    value: int
    most: int
    counted: str
    required: str
    still_needed: str
    tasks: tuple[TaskRow, ...]
    dates: tuple[KeyDate, ...]
    calculator_url: str
    granted: tuple[str, ...] = ()


def home_of(cycle: Cycle, *, today: date) -> HomeView:
    """Return what Home shows on `today`, a date in the policy's zone."""
    return home_view(case_of(cycle, today=today))


def home_view(case: Case) -> HomeView:
    """Return what Home shows of a case. No query."""
    total, unit = case.standing.total, case.policy.unit
    return HomeView(
        state=state_of(case),
        banner=_banner(case),
        mail_comes_back=_mail_comes_back(case),
        value=min(total.counted, total.required),
        most=total.required,
        counted=unit.format(total.counted),
        required=unit.words(total.required),
        still_needed=f"{unit.format(total.missing)} more{_hours(case)}" if total.missing else "",
        tasks=task_rows(case),
        dates=dates_of(case),
        calculator_url=path_of("renewals:calculator") if case.can_still_renew else "",
        granted=tuple(granted_sentences(case)),
    )


def _banner(case: Case) -> str:
    """Return why the last renewal of this cycle ended without a decision, until another is begun."""
    application = case.application
    if application is None or application.state != State.LAPSED or application.pay_through is None:
        return ""
    paid_by = day(application.pay_through)
    return f"Your renewal {application.reference} was not paid through {paid_by} and has ended. You can start again."


def _mail_comes_back(case: Case) -> str:
    """Return the row about an address that takes no mail, until it is corrected."""
    trainer = case.credential.trainer
    return f"Our last mail to {trainer.email} came back." if trainer.mail_trouble_at else ""


def _hours(case: Case) -> str:
    """Return about how many hours of courses are missing, when the policy states a rate."""
    hours = case.policy.unit.hours(case.standing.total.missing)
    return f" (about {hours} hour{'' if hours == '1' else 's'})" if hours else ""


def task_rows(case: Case) -> tuple[TaskRow, ...]:
    """Return the rows of the task list in order. Once renewing is not possible, only those of
    petitions.
    """
    if not case.can_still_renew and not (case.in_hand and case.credential.in_force):
        return tuple(_petition_tasks(case))
    return (
        *_card_task(case),
        _courses_task(case),
        *_petition_tasks(case),
        _submit_task(case),
        *_pay_task(case),
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
            last_day = near_day(require_value(petition.question_through), case.today)
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


def _pay_task(case: Case) -> Iterator[TaskRow]:
    """Yield the row of the payment; none when there is nothing to pay."""
    application, fees = case.in_hand, case.standing.fees
    if application is None:
        amount = f" {case.money(fees.total_cents)}" if fees else ""
        if fees is None or fees.total_cents:
            yield TaskRow(f"Pay{amount}", "After you submit", NOT_YET, "none")
    elif application.fee_total_cents:
        yield _payment_row(case, application)


def _payment_row(case: Case, application: Application) -> TaskRow:
    title = f"Pay {case.money(application.due_cents)}"
    url = application_path("application", application.reference)
    if not application.due_cents:
        return TaskRow("Pay", "We waived it, so nothing is left to pay", "Done", url=url)
    if case.payment in WENT_BACK:
        return TaskRow(title, fee_words(application), "Went back", "warn", url)
    if application.state != State.SUBMITTED or case.payment in SETTLED:
        return TaskRow(title, "We have your payment", "Done", url=url)
    if case.payment == "confirming":
        return TaskRow(title, "Your bank is confirming it", "Confirming", "info", url)
    last_day = application.submission.pay_through
    if case.today > last_day and may_still_settle(application.submission.charge):
        return TaskRow(title, "We are checking whether you paid in time", "Confirming", "info", url)
    if case.today > last_day:
        return TaskRow(title, f"The last day was {day(last_day)}", "Not paid in time", "warn", url)
    return TaskRow(title, f"Through {day(last_day)}", "To pay", "warn", url)


def dates_of(case: Case) -> tuple[KeyDate, ...]:
    """Return the last day for the audit's documents, then the last day of every window.

    A trainer who may not apply (Q24) gets only the first.
    """
    windows = case.standing.windows if case.credential.in_force else ()
    return (
        *_audit_date(case),
        *(KeyDate(label_of(case, one), _when(case, one.last_on), note_of(case, one)) for one in windows),
    )


def _audit_date(case: Case) -> tuple[KeyDate, ...]:
    on = case.documents_through
    if on is None:
        return ()
    return (KeyDate(DOCUMENTS, _when(case, on), f"{DOCUMENTS_NOTE}{ends_elsewhere(case, on)}"),)


def _when(case: Case, last_on: date) -> SafeString:
    passed = " (passed)" if last_on < case.today else ""
    return format_html(
        '<time datetime="{}">{}</time>{}', last_on.isoformat(), near_day(last_on, case.today), passed
    )


def note_of(case: Case, window: Window) -> str:
    """Return the sentence about a window; where the trainer's own clock differs, also when its last
    day ends by that clock (Q3).
    """
    return f"{window.text}{ends_elsewhere(case, window.last_on)}"


def label_of(case: Case, window: Window) -> str:
    """Return the label of a window's last day, such as "Last day with the $30 late fee"."""
    if window is case.standing.windows[-1]:
        return "Last day you can renew at all"
    if window.last_on <= case.cycle.expires_on:
        return "Last day to renew on time"
    if not added_fee(case, window.fees):
        return "Last day to renew late"
    return f"Last day with the {added_fee(case, window.fees)}"
