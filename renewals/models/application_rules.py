"""What the database holds of every application, and the indexes by which the lists find them."""

from django.db import models
from django.db.models import Q

from core.constraints import at_most, one_end

OPEN_STATES = ("draft", "submitted", "in_review", "returned")
LONGEST_REASON = 2000
CONSTRAINTS = (
    models.UniqueConstraint(
        fields=["cycle"], condition=Q(state__in=OPEN_STATES), name="renewals_application_one_open"
    ),
    models.UniqueConstraint(
        fields=["cycle"], condition=Q(state="approved"), name="renewals_application_one_approved"
    ),
    models.CheckConstraint(
        condition=Q(state__in=["draft", "withdrawn"])
        | Q(
            received_at__isnull=False,
            received_on__isnull=False,
            fee_total_cents__isnull=False,
            pay_through__isnull=False,
        )
        & (Q(charge__isnull=False) | Q(renewed_with__isnull=False)),
        name="renewals_application_submitted_whole",
    ),
    models.CheckConstraint(
        condition=Q(renewed_with__isnull=True, covered=False)
        | (
            Q(renewed_with__isnull=False, charge__isnull=True)
            & (Q(fee_total_cents__isnull=True) | Q(fee_total_cents=0))
        ),
        name="renewals_application_paid_once",
    ),
    models.CheckConstraint(
        condition=~Q(state="approved") | Q(assessment__isnull=False),
        name="renewals_application_assessed",
    ),
    one_end(OPEN_STATES),
    models.CheckConstraint(
        condition=~Q(state="returned") | Q(returned_on__isnull=False, correct_through__isnull=False),
        name="renewals_application_last_day_to_correct",
    ),
    at_most("end_reason", LONGEST_REASON),
    at_most("tier", 40),
    at_most("policy_version", 60),
    at_most("returned_reason", LONGEST_REASON),
)
INDEXES = (
    models.Index(
        fields=["pay_through", "id"],
        condition=Q(state="submitted"),
        name="renewals_application_unpaid",
    ),
    models.Index(fields=["state", "received_at", "id"], name="renewals_application_turn"),
    models.Index(fields=["ended_at"], condition=Q(state="approved"), name="renewals_application_approved"),
    models.Index(fields=["trainer", "-started_at"], name="renewals_application_of"),
)
