"""Today, the first page of the staff side: each waiting case once, late ones first; then other
queues; and whether the portal works.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet, Subquery
from django.urls import reverse

from audits.models import Audit
from cases.desk import offered_to
from cases.models import CaseModel
from core import clock
from core.clock import date_of
from core.deadlines import full_day
from core.policy_words import amount_in_words
from core.templatetags.words import money
from outbox import heartbeat
from outbox.models import Heartbeat, Notice
from petitions.models import Petition
from renewals.models import Application
from rules.days import business_day_after, business_days_until
from rules.policy.load import load_policy
from rules.units import count_of
from staff.counting import CappedCount, count_words, read_at_once
from staff.desk.reading import unread_notes
from staff.finding.page import work_url
from staff.payments.health import payment_signs, payments_in_words, time_since
from staff.today import QueueSummary, late_before, queue_groups_for
from trainers.models import Trainer

MOST = 25  # cases of one kind: the rest is in its list


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """One case that waits for a decision."""

    reference: str
    url: str
    kind: str
    who: str
    what: str
    due_on: date
    left: str
    line: str
    late: bool
    mine: bool
    assignee: str  # the colleague who has it, empty for one's own and unassigned cases
    step: str  # the next thing to do about whose it is, and where
    step_url: str


@dataclass(frozen=True, slots=True)
class Health:
    """The state of one part of the portal in words; `kind` chooses the icon."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case for Today: which rows wait, the day by which each was promised, the words of
    its line, and which are late.
    """

    name: str
    model: type[Petition | Audit | Application]
    rows: Callable[[], "QuerySet[CaseModel]"]
    due_on: Callable[[object], date]
    words: Callable[[Any], str]
    late: Callable[[date], Q]


def _promised(moment: datetime) -> date:
    policy = load_policy(settings.PORTAL_POLICY)
    came_on = date_of(moment, policy.time_zone)
    return business_day_after(came_on, policy.version_on(came_on).promised_answer_business_days)


def _petitions() -> "QuerySet[Petition]":
    due_first = F("answer_due_on").asc(nulls_last=True)
    return Petition.objects.waiting().select_related("trainer").order_by(due_first, "pk")


def _audits() -> "QuerySet[Audit]":
    rows = Audit.objects.waiting().select_related("cycle__credential__trainer")
    return rows.order_by("sent_at", "pk")


def _renewals() -> "QuerySet[Application]":
    return Application.objects.waiting().select_related("trainer", "charge").order_by("received_at", "pk")


def _petition_words(petition: Petition) -> str:
    asked = f", {amount_in_words(petition.asked_hundredths)}" if petition.asked_hundredths else ""
    return f"{petition.title}{asked}"


def _renewal_words(application: Application) -> str:
    cents = application.due_cents
    return f"Paid {money(cents)}" if cents else "Nothing to pay"


def _late_since(field: str) -> Callable[[date], Q]:
    """Return a function that gives the condition for late cases: those whose moment `field` is so
    long ago that the promised answer is late.
    """
    return lambda today: Q(**{f"{field}__lt": late_before(settings.TIME_ZONE)})


KINDS = (
    Kind(
        *("Petition", Petition, _petitions, lambda one: one.answer_due_on, _petition_words),
        lambda today: Q(answer_due_on__lt=today),
    ),
    Kind(
        *("Audit", Audit, _audits, lambda one: _promised(one.sent_at), lambda one: one.get_kind_display()),
        _late_since("sent_at"),
    ),
    Kind(
        *("Renewal", Application, _renewals, lambda one: _promised(one.received_at), _renewal_words),
        _late_since("received_at"),
    ),
)


def work_for(person: Trainer) -> list[WaitingCase]:
    """Return the cases that this person may take next, assigned to them or to nobody, and the late
    cases of colleagues; the earliest due first. One query for each kind.
    """
    today = clock.today(settings.TIME_ZONE)
    found = []
    for kind in KINDS:
        if person.has_perm(f"{kind.model._meta.app_label}.decide_{kind.model._meta.model_name}"):
            cases = offered_to(person, kind.rows(), on=today, most=MOST, late=kind.late(today))
            found += [_work(person, kind, one, today) for one in cases[: 2 * MOST]]
    return sorted(found, key=lambda one: (one.due_on, one.reference))


def _work(person: Trainer, kind: Kind, case: Any, today: date) -> WaitingCase:
    due_on = kind.due_on(case) or today
    late = due_on < today
    number = abs(business_days_until(due_on, today))
    days = count_of(number, "business day")
    left = f"Late: {days}" if late else days if number else "Due today"
    if late and not number:
        left = "Late since the weekend"
    model = type(case)
    url = work_url(person, model, case.pk)
    mine = case.assignee_pk == person.pk
    assignee = "" if mine else case.assignee_name or ""
    step, name = ("Snooze…", "snooze") if mine else ("Assign…", "assign") if assignee else ("Take it", "take")
    step_url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=[case.pk])
    line = f"promised through {full_day(due_on)}"
    return WaitingCase(
        *(case.reference, url, kind.name, case.trainer.name, kind.words(case), due_on, left, line),
        *(late, mine, assignee, step, step_url),
    )


def health_words(person: Trainer) -> list[Health]:
    """Return whether the schedule runs, mail is sent and payments are processed, in words. One query."""
    now = clock.now()
    failures = Notice.objects.filter(state=Notice.State.FAILED)
    ran = Heartbeat.objects.filter(part=heartbeat.SCHEDULER).values("at")
    columns = {"ran": Subquery(ran), "failures": CappedCount(failures), **payment_signs(now)}
    found = read_at_once(person, columns)
    failed = found["failures"]
    words = f"Mail: {count_of(count_words(failed), 'message')} failed"
    mail = Health("warn", words) if failed else Health("ok", "Mail: none failed")
    return [_schedule(found["ran"], now), mail, Health(*payments_in_words(found, now))]


def _schedule(seen: datetime | None, now: datetime) -> Health:
    if seen is None:
        return Health("warn", "Schedule: it has not run yet")
    ago = time_since(seen, now)
    if now - seen <= heartbeat.STILL:
        return Health("ok", f"Schedule: ran {ago} ago")
    return Health("bad", f"Schedule: has not run for {ago}")


def first_page(person: Trainer) -> dict[str, object]:
    """Return what Today shows to this member of staff."""
    work = work_for(person)
    groups = queue_groups_for(person)
    own = [one for group, found in groups if person.has_perm(group.works) for one in found if not one.cases]
    others = [
        (group.role, [one for one in found if one.count])
        for group, found in groups
        if not person.has_perm(group.works)
    ]
    elsewhere, work = [one for one in work if one.assignee], [one for one in work if not one.assignee]
    late = [one for one in work if one.late]
    also = [one for one in own if one.count]
    return {
        "today": clock.today(settings.TIME_ZONE),
        "queues": [one for _, found in groups for one in found],
        "late": late,
        "yours": [one for one in work if one.mine and not one.late],
        "waiting": [one for one in work if not one.mine and not one.late],
        "elsewhere": elsewhere,
        "first": work[0] if work else None,
        "summary": _summary(work, also),
        "also": also,
        "empty": [one.label.lower() for one in own if not one.count],
        "others": _by_role(others),
        "notes": unread_notes(person),
        "health": health_words(person),
        "mail_url": f"{reverse('admin:outbox_notice_changelist')}?shows=failed",
    }


def _by_role(found: Iterable[tuple[str, list[QueueSummary]]]) -> dict[str, list[QueueSummary]]:
    roles: dict[str, list[QueueSummary]] = {}
    for role, summaries in found:
        if summaries:
            roles.setdefault(role, []).extend(summaries)
    return roles


def _summary(work: list[WaitingCase], also: list[QueueSummary]) -> str:
    """Return in words what waits, such as "2 late, 3 more of yours, 2 not assigned"; without a case,
    whether anything of `also` waits.
    """
    late = sum(one.late for one in work)
    mine = sum(one.mine and not one.late for one in work)
    free = len(work) - late - mine
    parts = [f"{late} late"] * bool(late) + [f"{mine} {'more ' if late else ''}of yours"] * bool(mine)
    return ", ".join([*parts, *[f"{free} not assigned"] * bool(free)]) or (
        "no case waits for you" if also else "nothing waits for you"
    )
