"""What lies on the desk: audits whose documents wait, wishes for more time, what a lead must see, decisions that are held, a draw period that nobody has opened."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from audits.models import Audit, Decision, DrawPeriod, Extension
from core import clock
from rules.policy.load import load_policy
from staff.today import QueueSummary, late_before

State = Audit.State


@admin.site.queue_summary(3, "audits.view_audit")
def audits_at_work() -> list[QueueSummary]:
    """One query for all of them."""
    held = Decision.objects.filter(audit=OuterRef("pk"), state=Decision.State.PENDING)
    asked = Extension.objects.filter(audit=OuterRef("pk"), state=Extension.State.ASKED)
    which = {
        "waiting": Q(state=State.SENT, is_held=False),
        "asked": Q(is_asked=True),
        "lead": Q(state=State.PROPOSED, agreed_by=None) | Q(for_lead=True),
        "held": Q(is_held=True),
    }
    counts = {name: Count("pk", filter=test) for name, test in which.items()}
    since = {f"{name}_since": Min("made_at", filter=test) for name, test in which.items()}
    found = (
        Audit.objects.unended()
        .order_by()
        .annotate(is_held=Exists(held), is_asked=Exists(asked))
        .aggregate(
            **counts,
            **since,
            waiting_late=Count(
                "pk", filter=which["waiting"] & Q(sent_at__lt=late_before(settings.TIME_ZONE))
            ),
        )
    )

    def pile(label: str, name: str, shows: str, line: str) -> QueueSummary:
        url = f"{reverse('admin:audits_audit_changelist')}?shows={shows}"
        return QueueSummary(
            label, found[name], url, line, found[f"{name}_since"], late=found.get(f"{name}_late", 0)
        )

    return [
        pile("Audits waiting", "waiting", "sent", "Sent first stands first"),
        pile("More time asked for", "asked", "time", "By trainers who are audited"),
        pile("Audits for a lead", "lead", "lead", "For cause, or altered documents"),
        pile("Audits closed, held", "held", "held", "They can still be taken back"),
    ]


@admin.site.queue_summary(3, "audits.open_drawperiod")
def periods_to_open() -> list[QueueSummary]:
    """The running period while it waits for its public value: until then no renewal that is sent goes on."""
    if not settings.DRAW_PUBLIC_VALUE:
        return []  # the schedule opens them itself
    today = clock.today(load_policy(settings.PORTAL_POLICY).time_zone)
    waiting = DrawPeriod.objects.filter(first_on__lte=today, last_on__gte=today, opened_at=None)
    found = (
        waiting.exclude(public_value_name="").order_by().aggregate(n=Count("pk"), since=Min("announced_at"))
    )
    url = reverse("admin:audits_drawperiod_changelist")
    line = "Renewals wait for its public value"
    return [QueueSummary("Draw period to open", found["n"], url, line, found["since"])] if found["n"] else []
