"""The queues of audits on Today, and the draw period that nobody has opened."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from audits.models import Audit, Decision, DrawPeriod, Extension
from core import clock
from core.policy_words import fill_policy_words
from rules.policy.load import load_policy
from staff.tabs import Tab, register_tab
from staff.today import Queue, late_before, pending_queues, register_queues

register_tab(
    Tab(
        *(20, "Audits", "admin:audits_audit_changelist", "audits.view_audit", ("audits",)),
        waiting=lambda: [Audit.objects.waiting()],
    )
)


@register_queues(3, "audits.view_audit", works="audits.decide_audit", role="Reviewers")
def audit_queues() -> list[Queue]:
    """Return the queues of audits that wait for a reviewer, for more time, for a lead, or for a
    decision to take effect.
    """
    asked = Exists(Extension.objects.filter(audit=OuterRef("pk"), state=Extension.State.ASKED))
    for_lead = Q(state=Audit.State.PROPOSED, agreed_by=None) | Q(for_lead=True)
    open_audits = Audit.objects.unended()
    changelist = reverse("admin:audits_audit_changelist")
    return [
        Queue(
            *("Audits waiting", Audit.objects.waiting(), f"{changelist}?shows=waiting"),
            *("Sent first stands first", "sent_at"),
            late=Q(sent_at__lt=late_before(settings.TIME_ZONE)),
            cases=True,
        ),
        Queue(
            *("More time asked for", open_audits.filter(asked), f"{changelist}?shows=time"),
            *(fill_policy_words("By {holders} who are audited"), "made_at"),
        ),
        Queue(
            *("Audits for a lead", open_audits.filter(for_lead), f"{changelist}?shows=lead"),
            *("For cause, or altered documents", "made_at"),
        ),
        *pending_queues(
            Decision.objects.pending(),
            pending="Audits closed, pending",
            stuck="Audits closed, not in effect",
            url=f"{changelist}?shows=pending",
        ),
    ]


@register_queues(3, "audits.open_drawperiod")
def periods_to_open() -> list[Queue]:
    """Return the queue of running draw periods that wait for their public value, if any; none where
    the schedule opens them itself.
    """
    if not settings.DRAW_PUBLIC_VALUE:
        return []
    today = clock.today(load_policy(settings.PORTAL_POLICY).time_zone)
    running = DrawPeriod.objects.filter(first_on__lte=today, last_on__gte=today, opened_at=None)
    url = reverse("admin:audits_drawperiod_changelist")
    line = "Renewals wait for its public value"
    waiting = running.exclude(public_value_name="")
    return [Queue("Draw period to open", waiting, url, line, "announced_at", if_any=True)]
