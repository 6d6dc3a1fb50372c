"""The queues of audits on the first page, and the draw period that nobody has opened."""

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from audits.models import Audit, Decision, DrawPeriod, Extension
from core import clock
from rules.policy.load import load_policy
from staff.tabs import Tab, register_tab
from staff.today import (
    QueueSummary,
    late_before,
    pending_counts,
    pending_marks,
    pending_summaries,
    queue_summary,
)

State = Audit.State

register_tab(
    Tab(
        *(20, "Audits", "admin:audits_audit_changelist", "audits.view_audit", ("audits",)),
        waiting=lambda: [Audit.objects.waiting()],
    )
)


@queue_summary(3, "audits.view_audit", works="audits.decide_audit", role="Reviewers")
def audit_queues() -> list[QueueSummary]:
    """Return the queues of audits that wait for a reviewer, for more time, for a lead, or for a
    decision to take effect. One query.
    """
    decisions = Decision.objects.filter(audit=OuterRef("pk"))
    asked = Extension.objects.filter(audit=OuterRef("pk"), state=Extension.State.ASKED)
    parts = {
        "waiting": Q(state=State.SENT, effective_at=None),
        "asked": Q(is_asked=True),
        "lead": Q(state=State.PROPOSED, agreed_by=None) | Q(for_lead=True),
    }
    late = parts["waiting"] & Q(sent_at__lt=late_before(settings.TIME_ZONE))
    marks = {**pending_marks(decisions), "is_asked": Exists(asked)}
    rows = Audit.objects.unended().order_by().annotate(**marks)
    found = rows.aggregate(
        **{name: Count("pk", filter=part) for name, part in parts.items()},
        **{f"{name}_since": Min("made_at", filter=part) for name, part in parts.items()},
        waiting_late=Count("pk", filter=late),
        **pending_counts(),
    )
    changelist = reverse("admin:audits_audit_changelist")

    def summary(label: str, name: str, shows: str, line: str) -> QueueSummary:
        url = f"{changelist}?shows={shows}"
        return QueueSummary(
            *(label, found[name], url, line, found[f"{name}_since"], found.get(f"{name}_late", 0)),
            cases=name == "waiting",
        )

    return [
        summary("Audits waiting", "waiting", "waiting", "Sent first stands first"),
        summary("More time asked for", "asked", "time", "By trainers who are audited"),
        summary("Audits for a lead", "lead", "lead", "For cause, or altered documents"),
        *pending_summaries(
            found,
            pending="Audits closed, pending",
            stuck="Audits closed, not in effect",
            url=f"{changelist}?shows=pending",
        ),
    ]


@queue_summary(3, "audits.open_drawperiod")
def periods_to_open() -> list[QueueSummary]:
    """Return the queue of running draw periods that wait for their public value; empty when none
    does.
    """
    if not settings.DRAW_PUBLIC_VALUE:
        return []  # the schedule opens them itself
    today = clock.today(load_policy(settings.PORTAL_POLICY).time_zone)
    running = DrawPeriod.objects.filter(first_on__lte=today, last_on__gte=today, opened_at=None)
    waiting = running.exclude(public_value_name="").order_by()
    found = waiting.aggregate(count=Count("pk"), since=Min("announced_at"))
    url = reverse("admin:audits_drawperiod_changelist")
    line = "Renewals wait for its public value"
    return (
        [QueueSummary("Draw period to open", found["count"], url, line, found["since"])]
        if found["count"]
        else []
    )
