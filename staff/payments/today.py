"""The queues of finance on Today: payments to match, disputes, fees, and refunds that need a
person.
"""

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from core import clock
from payments.gateway import FRAUD_WARNING
from payments.models import Charge, Difference, Dispute, LedgerEntry, ProviderEvent, Refund
from rules.policy.load import load_policy
from staff.payments.actions import match_url
from staff.payments.fees import fees_here_again, queue_url, waiting_for_a_lead, waiting_for_finance
from staff.tabs import Tab, register_tab
from staff.today import Queue, late_before, register_queues

register_tab(
    Tab(
        *(40, "Money", "admin:payments_charge_changelist", "payments.view_charge", ("payments",)),
        waiting=lambda: [
            ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED),
            Dispute.objects.to_answer(),
            Refund.objects.filter(state=Refund.State.WAITING),
            Difference.objects.open(),
        ],
    )
)


@register_queues(2, "payments.view_providerevent", works="payments.match_providerevent", role="Finance")
def payments_to_match() -> list[Queue]:
    """Return the queues of payments that fit no charge and of warnings of fraud, with how many have
    waited longer than promised.
    """
    waiting = ProviderEvent.objects.filter(state=ProviderEvent.State.PARKED)
    late = Q(received_at__lt=late_before(settings.TIME_ZONE))
    money, warnings = waiting.exclude(type=FRAUD_WARNING), waiting.filter(type=FRAUD_WARNING)
    url = f"{reverse('admin:payments_providerevent_changelist')}?shows=warnings"
    look = "A dispute may follow: look at the payment, give it back or leave it"
    return [
        Queue(
            *("Payments to match", money, match_url(), "Money that fits no charge", "received_at"), late=late
        ),
        Queue("Fraud warnings", warnings, url, look, "received_at", late=late),
    ]


@register_queues(2, "payments.view_dispute", works="payments.match_providerevent", role="Finance")
def disputes_to_answer() -> list[Queue]:
    """Return the queue of disputes that wait for our answer, with the next last day and how many
    are late.
    """
    today = clock.today(load_policy(settings.PORTAL_POLICY).time_zone)
    url = f"{reverse('admin:payments_dispute_changelist')}?shows=answer"
    line = "Answer them at the provider"
    return [
        Queue(
            *("Disputes to answer", Dispute.objects.to_answer(), url, line, "opened_at", "answer_through"),
            late=Q(answer_through__lt=today),
        )
    ]


@register_queues(2, "payments.view_difference", works="payments.match_providerevent", role="Finance")
def payouts_that_differ() -> list[Queue]:
    """Return the queue of differences between the provider's payouts and our ledger, with how many
    have waited longer than promised.
    """
    url = reverse("admin:payments_difference_changelist")
    line = "The provider's payouts and our ledger do not agree"
    return [
        Queue(
            *("Payouts that differ", Difference.objects.open(), url, line, "found_at"),
            late=Q(found_at__lt=late_before(settings.TIME_ZONE)),
        )
    ]


@register_queues(3, "payments.view_feedecision")
def fees_that_went_back() -> list[Queue]:
    """Return the queues of cases whose fee is not kept in full after a refund or dispute: finance
    decides about a case before its approval, a lead after it.

    A third queue has the cases that such a decision ended and whose fee is kept in full again.
    """
    before = late_before(settings.TIME_ZONE)
    booked = LedgerEntry.objects.filter(charge=OuterRef("pk")).order_by("-at").values("at")[:1]
    again = fees_here_again(Charge.objects.annotate(since=Subquery(booked)))
    for_finance = "The renewal is not approved until finance has decided"
    for_a_lead = "The approval stands until a lead has decided"
    to_restore = "It ended for want of its fee: a lead restores it, or finance gives the fee back"
    return [
        Queue(
            *("Fees that went back", waiting_for_finance()),
            *(queue_url("open"), for_finance, "gone_at"),
            late=Q(gone_at__lt=before),
        ),
        Queue(
            *("Fees gone after approval", waiting_for_a_lead()),
            *(queue_url("closed"), for_a_lead, "gone_at"),
            late=Q(gone_at__lt=before),
        ),
        Queue(*("Fees here again", again, queue_url("back"), to_restore, "since"), late=Q(since__lt=before)),
    ]


@register_queues(3, "payments.view_refund", works="payments.give_refund", role="Finance")
def refund_queues() -> list[Queue]:
    """Return the queues of refunds that wait for a second person, and of failed refunds."""
    url = reverse("admin:payments_refund_changelist")
    waiting = Refund.objects.filter(state=Refund.State.WAITING)
    failed = Refund.objects.unanswered()
    second = "Somebody else than who asked decides"
    by_hand = "The provider said no: give the money back by hand, and record it"
    return [
        Queue(
            *("Refunds to approve", waiting, f"{url}?state__exact=waiting", second, "requested_at"),
        ),
        Queue("Refunds that failed", failed, f"{url}?shows=failed", by_hand, late=True),
    ]
