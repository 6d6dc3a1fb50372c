"""The queues of finance on the first page: payments to match, and refunds that need a person."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.urls import reverse

from core import clock
from core.deadlines import full_day
from core.pagination import CAP
from payments.gateway import FRAUD_WARNING
from payments.models import Charge, Dispute, ProviderEvent, Refund
from rules.policy.load import load_policy
from staff.payments.actions import match_url
from staff.payments.fees import fees_here_again, fees_to_decide, queue_url
from staff.tabs import Tab, register_tab
from staff.today import QueueSummary, late_before, queue_summary

NONE = {"count": 0, "oldest": None}

register_tab(
    Tab(
        *(40, "Money", "admin:payments_charge_changelist", "payments.view_charge", ("payments",)),
        waiting=lambda: [
            ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED),
            Dispute.objects.to_answer(),
            Refund.objects.filter(state=Refund.State.WAITING),
        ],
    )
)


@queue_summary(2, "payments.view_providerevent", works="payments.match_providerevent", role="Finance")
def payments_to_match() -> list[QueueSummary]:
    """Return the money that fits no charge, and the warnings of fraud, with how much waits longer than we promise."""
    waiting = ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED)
    warns, old = Q(type=FRAUD_WARNING), Q(received_at__lt=late_before(settings.TIME_ZONE))
    found = waiting.aggregate(
        oldest=Min("received_at", filter=~warns),
        late=Count("pk", filter=~warns & old),
        warned=Count("pk", filter=warns),
        warned_since=Min("received_at", filter=warns),
        warned_late=Count("pk", filter=warns & old),
    )
    count = waiting.exclude(type=FRAUD_WARNING)[: CAP + 1].count()
    line = "Money that fits no charge"
    look = "A dispute may follow: look at the payment, give it back or leave it"
    url = f"{reverse('admin:payments_providerevent_changelist')}?shows=warnings"
    return [
        QueueSummary("Payments to match", count, match_url(), line, found["oldest"], found["late"]),
        QueueSummary(
            "Fraud warnings", found["warned"], url, look, found["warned_since"], found["warned_late"]
        ),
    ]


@queue_summary(2, "payments.view_dispute", works="payments.match_providerevent", role="Finance")
def disputes_to_answer() -> list[QueueSummary]:
    """Return the disputes that wait for our answer, with the next last day, and how many are late. One query."""
    today = clock.today(load_policy(settings.PORTAL_POLICY).time_zone)
    found = Dispute.objects.to_answer().aggregate(
        count=Count("pk"),
        oldest=Min("opened_at"),
        through=Min("answer_through"),
        late=Count("pk", filter=Q(answer_through__lt=today)),
    )
    through = found["through"]
    line = f"The first by the end of {full_day(through)}" if through else "Answer them at the provider"
    url = f"{reverse('admin:payments_dispute_changelist')}?shows=answer"
    return [QueueSummary("Disputes to answer", found["count"], url, line, found["oldest"], found["late"])]


@queue_summary(3, "payments.view_feedecision")
def fees_that_went_back() -> list[QueueSummary]:
    """Return what waits for a decision because its fee went back: finance before an approval, a lead after it,
    and what such a decision ended before the fee was here again.
    """
    found = fees_to_decide(late_before(settings.TIME_ZONE))
    back = fees_here_again(Charge.objects.all()).annotate(since=Max("ledger__at"))
    again = back.aggregate(
        count=Count("pk"),
        oldest=Min("since"),
        late=Count("pk", filter=Q(since__lt=late_before(settings.TIME_ZONE))),
    )
    for_finance = "The renewal is not approved until finance has decided"
    for_a_lead = "The approval stands until a lead has decided"
    to_restore = "It ended for want of its fee: a lead restores it, or finance gives the fee back"
    return [
        QueueSummary(
            *("Fees that went back", found["open"], queue_url("open"), for_finance),
            *(found["open_since"], found["open_late"]),
        ),
        QueueSummary(
            *("Fees gone after approval", found["closed"], queue_url("closed"), for_a_lead),
            *(found["closed_since"], found["closed_late"]),
        ),
        QueueSummary(
            *(
                "Fees here again",
                again["count"],
                queue_url("back"),
                to_restore,
                again["oldest"],
                again["late"],
            )
        ),
    ]


@queue_summary(3, "payments.view_refund", works="payments.give_refund", role="Finance")
def refund_queues() -> list[QueueSummary]:
    """Return what waits for a second person, and what the provider refused. One query."""
    waits = Refund.objects.filter(state=Refund.State.WAITING)
    rows = (waits | Refund.objects.unanswered()).order_by().values("state")
    counted: dict[str, Any] = {
        row["state"]: row for row in rows.annotate(count=Count("pk"), oldest=Min("requested_at"))
    }
    waiting = counted.get(Refund.State.WAITING, NONE)
    failed = counted.get(Refund.State.FAILED, NONE)
    url = reverse("admin:payments_refund_changelist")
    second = "Somebody else than who asked decides"
    by_hand = "The provider said no: give the money back by hand, and record it"
    return [
        QueueSummary(
            "Refunds to approve", waiting["count"], f"{url}?state__exact=waiting", second, waiting["oldest"]
        ),
        QueueSummary(
            "Refunds that failed", failed["count"], f"{url}?shows=failed", by_hand, late=failed["count"]
        ),
    ]
