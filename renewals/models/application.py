"""A renewal application for one cycle, from draft to end (docs/design/rules.md)."""

from datetime import date, datetime
from functools import cache
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from audits.models import Audit, AuditQuerySet, Draw
from cases.models import CaseModel
from core.constraints import require_value
from payments.models import Charge
from renewals.models.application_rules import CONSTRAINTS, INDEXES, OPEN_STATES
from trainers.models import Credential, Cycle, Trainer

IN_SHORT = (
    *(
        "reference",
        "cycle",
        "state",
        "received_at",
        "received_on",
        "fee_total_cents",
        "pay_through",
        "returned_reason",
        "renewed_with",
    ),
    *(
        "correct_through",
        "correction_days_spent",
        "ended_at",
        "end_reason",
        "charge__state",
        "charge__paid_at",
        "charge__amount_cents",
        "charge__waived_cents",
        "charge__paid_cents",
    ),
)


def _audits(audits: AuditQuerySet) -> AuditQuerySet:
    """Return the audits of the application's cycle."""
    return audits.filter(cycle=models.OuterRef("cycle"))


@cache
def _in_short() -> "ApplicationQuerySet":
    """Return the columns that Home reads of each application, in the order of `foremost`. Composed
    once, because composing takes longer than the query.
    """
    audited = models.Exists(_audits(Audit.objects.announced()))
    back = Charge.objects.filter(Q(refunds__isnull=False) | Q(disputes__isnull=False))
    moved = models.Exists(back.filter(pk=models.OuterRef("charge")).order_by())
    known = Application.objects.foremost().select_related("charge")
    known = known.annotate(is_audited=audited, fee_moved=moved)
    return known.only(*IN_SHORT)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def unpaid(self) -> Self:
        return self.filter(state=Application.State.SUBMITTED)

    def unpaid_after(self, day: date) -> Self:
        """Return the unpaid applications whose last day to pay was before `day`."""
        return self.unpaid().filter(pay_through__lt=day, renewed_with=None)

    def uncorrected_after(self, day: date) -> Self:
        """Return the returned applications whose last day to correct was before `day`."""
        return self.filter(state=Application.State.RETURNED, correct_through__lt=day, renewed_with=None)

    def to_finish(self) -> Self:
        """Return the applications that can advance without a person: those that are paid and not in
        review yet; and those in review whose credential is in force and that have no open or
        proposed audit.
        """
        paid = Q(state=Application.State.SUBMITTED, charge__state=Charge.State.PAID)
        waiting = Q(state=Application.State.IN_REVIEW, cycle__credential__state=Credential.State.IN_FORCE)
        goes_on = Audit.objects.announced() | Audit.objects.to_agree()
        return self.filter(paid | waiting & ~models.Exists(_audits(goes_on)), renewed_with=None)

    def to_conclude(self) -> Self:
        """Return the denied applications whose audit got a new decision in a second review (Q26),
        unless the credential is not in force or the cycle has another open or approved application.
        """
        ended = Audit.objects.filter(
            renewal=models.OuterRef("reference"),
            state__in=(Audit.State.PASSED, Audit.State.FAILED),
            another_look_at__gt=models.OuterRef("ended_at"),
        )
        again = Application.objects.filter(
            Q(state__in=OPEN_STATES) | Q(state=Application.State.APPROVED), cycle=models.OuterRef("cycle")
        )
        denied = self.filter(
            state=Application.State.DENIED, cycle__credential__state=Credential.State.IN_FORCE
        )
        return denied.filter(models.Exists(ended)).exclude(models.Exists(again))

    def waiting(self) -> Self:
        """Return the applications in review with neither an open audit nor a pending decision. One that
        is decided with another one does not wait by itself.
        """
        audited = models.Exists(_audits(Audit.objects.unended()))
        alone = self.filter(~audited, state=Application.State.IN_REVIEW, renewed_with=None)
        return alone.exclude(decisions__state="pending")

    def audited(self) -> Self:
        """Return the applications in review whose audit has not ended."""
        audited = models.Exists(_audits(Audit.objects.unended()))
        return self.filter(audited, state=Application.State.IN_REVIEW)

    def undrawn(self) -> Self:
        """Return the applications whose cycles wait for the audit draw, because no draw period was
        open when they arrived; in order of receipt (Q20).
        """
        waiting = self.filter(state__in=(Application.State.SUBMITTED, Application.State.IN_REVIEW))
        return waiting.filter(cycle__draw__isnull=True).order_by("received_at", "pk")

    def for_home(self) -> "ApplicationQuerySet":
        """Return every application with its charge and whether it is audited. Long texts are read
        when used.
        """
        return _in_short().all()

    def foremost(self) -> Self:
        """Order by the newest cycle; within it the open application comes first, then the one that
        ended last. So a denied one that was reopened comes first, even when a later one has ended
        since.
        """
        open_first = models.F("ended_at").desc(nulls_first=True)
        return self.order_by("-cycle__starts_on", open_first, "-pk")

    def owned_by(self, trainer: Trainer) -> Self:
        """Return the trainer's own applications."""
        return self.filter(trainer=trainer)


class Submission:
    """The values that a submission fixed; `renewals_application_submitted_whole` guarantees them."""

    def __init__(self, row: "Application") -> None:
        self._row = row

    @property
    def received_at(self) -> datetime:
        return require_value(self._row.received_at)

    @property
    def received_on(self) -> date:
        return require_value(self._row.received_on)

    @property
    def pay_through(self) -> date:
        return require_value(self._row.pay_through)

    @property
    def charge(self) -> Charge:
        return require_value(self._row.charge)


class Application(CaseModel):
    """One trainer's application to renew one cycle."""

    class State(models.TextChoices):
        DRAFT = "draft", "Being prepared"
        SUBMITTED = "submitted", "Submitted, not paid"
        IN_REVIEW = "in_review", "In review"
        RETURNED = "returned", "Correction needed"
        APPROVED = "approved", "Approved"
        DENIED = "denied", "Denied"
        LAPSED = "lapsed", "Not paid in time"
        WITHDRAWN = "withdrawn", "Withdrawn"

    CASE_NAME, DECIDE, LEAD = "renewal", "renewals.decide_application", "renewals.reopen_application"
    CREDENTIAL, READ_WITH, WAITS_SINCE = (
        "cycle__credential",
        ("cycle", "charge"),
        ("in_review", "received_at"),
    )
    OPEN, OUT_OF_ORDER = OPEN_STATES, "A renewal that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
        State.SUBMITTED: {State.IN_REVIEW, State.LAPSED, State.WITHDRAWN},
        State.IN_REVIEW: {State.RETURNED, State.APPROVED, State.DENIED, State.WITHDRAWN},
        State.RETURNED: {State.IN_REVIEW, State.DENIED, State.WITHDRAWN},
        State.APPROVED: set(),
        State.DENIED: {State.IN_REVIEW},  # a lead may reopen a denial, with a reason
        State.LAPSED: set(),
        State.WITHDRAWN: set(),
    }

    reference = models.CharField(max_length=12, unique=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="applications")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    started_at = models.DateTimeField()
    received_at = models.DateTimeField(
        null=True, help_text="The moment the server began to receive the submission (Q13)."
    )
    received_on = models.DateField(null=True, help_text="Its date in the policy's zone.")
    fee_lines = models.JSONField(
        default=list, help_text="The lines as computed on the day of receipt; never changed."
    )
    fee_total_cents = models.PositiveIntegerField(null=True)
    fee_currency = models.CharField(max_length=3, blank=True)
    attestation_text = models.TextField(blank=True)
    attestation_version = models.CharField(max_length=20, blank=True)
    tier = models.CharField("window", max_length=40, blank=True, default="", db_default="")
    policy_version = models.CharField("rules", max_length=60, blank=True, default="", db_default="")
    pay_through = models.DateField(null=True, help_text="The last day on which payment may settle (Q13).")
    charge = models.OneToOneField(Charge, models.PROTECT, null=True, related_name="application")
    assessment = models.JSONField(null=True, help_text="The standing that it was approved on (invariant 14).")
    returned_reason = models.TextField(blank=True)
    returned_on = models.DateField(null=True, help_text="The day on which it was last returned.")
    correct_through = models.DateField(null=True, help_text="The last day to correct it (Q16, Q25).")
    correction_days_spent = models.PositiveSmallIntegerField(
        default=0, help_text="Days that earlier returns used up; the last one is counted when it ends (Q25)."
    )
    renewed_with = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="joined",
        help_text="The renewal of another certification that is paid and decided for this one, too.",
    )
    covered = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Renewed because a higher certification was, without needs or a fee of its own.",
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-started_at", "-pk")
        constraints, indexes = CONSTRAINTS, INDEXES
        permissions = (
            ("decide_application", "Can approve, return and deny a renewal"),
            ("reopen_application", "Can take back a denial"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def submission(self) -> Submission:
        """Return the values that were fixed when the application was submitted. Raises ValueError
        for a draft.
        """
        return Submission(self)

    @property
    def is_drawn(self) -> bool:
        """Return whether its cycle was drawn for audit. One query."""
        return Draw.objects.filter(cycle=self.cycle_id).exists()

    @property
    def due_cents(self) -> int:
        """Return what is due: the price that the trainer agreed to, less what was waived after that (Q35)."""
        return self.charge.due_cents if self.charge else self.fee_total_cents or 0

    @property
    def last_day_to_correct(self) -> date:
        """Return the last day to correct a returned application (Q16)."""
        return require_value(self.correct_through)
