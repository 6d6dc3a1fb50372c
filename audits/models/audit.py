"""Audits of the documents for one renewal: their dates, a row for each record that was counted, and
extensions (S12, S13, Q17–Q20).
"""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.models import CaseModel
from ceus.models import CeuRecord
from core.constraints import at_most, one_end, require_value
from trainers.models import Cycle, Trainer

LONGEST_TEXT = 2000
OPEN_STATES = ("proposed", "open", "sent", "replace")
WITH_TRAINER = ("open", "replace")


class AuditQuerySet(models.QuerySet["Audit"]):
    def owned_by(self, trainer: Trainer) -> Self:
        """Return the trainer's own audits that were opened. An audit that is only proposed is left
        out: it has no documents yet.
        """
        opened = Q(kind=Audit.Kind.RANDOM) | models.Exists(
            AuditItem.objects.filter(audit=models.OuterRef("pk"))
        )
        return self.filter(opened, cycle__credential__trainer=trainer).exclude(state=Audit.State.PROPOSED)

    def unended(self) -> Self:
        """Return the audits that have not ended, including those that are only proposed."""
        return self.filter(state__in=OPEN_STATES)

    def to_agree(self) -> Self:
        """Return the audits proposed for cause that a second lead has not agreed to."""
        return self.filter(state=Audit.State.PROPOSED, agreed_by__isnull=True)

    def agreed(self) -> Self:
        """Return the audits for cause that two leads agreed to, in any state."""
        return self.filter(kind=Audit.Kind.CAUSE, agreed_by__isnull=False)

    def announced(self) -> Self:
        """Return the audits that have not ended and that their trainers know of: not those that are
        only proposed.
        """
        return self.unended().exclude(state=Audit.State.PROPOSED)

    def waiting(self) -> Self:
        """Return the audits that wait for a reviewer: sent, without a pending decision."""
        return self.filter(state=Audit.State.SENT).exclude(decisions__state="pending")

    def not_begun(self) -> Self:
        """Return the open audits whose period for sending documents has not begun (Q18)."""
        return self.announced().filter(notified_on__isnull=True)

    def overdue_on(self, day: date) -> Self:
        """Return the audits whose documents were not sent and whose last day was before `day`."""
        return self.filter(state__in=WITH_TRAINER, due_on__lt=day)


class Audit(CaseModel):
    """An audit. `notified_on` and `due_on` are the first and the last day for sending documents,
    both inclusive, in the policy's zone.

    Each is stored once, and `due_on` can only be moved later (invariant 8).
    """

    class Kind(models.TextChoices):
        RANDOM = "random", "Drawn at random"
        CAUSE = "cause", "For cause"

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waits for a second person"
        OPEN = "open", "Documents needed"
        SENT = "sent", "Documents sent"
        REPLACE = "replace", "Replacement needed"
        PASSED = "passed", "Passed"
        FAILED = "failed", "Not passed"
        EXPIRED = "expired", "Closed without documents"
        ENDED = "ended", "Ended with its renewal"

    CASE_NAME, DECIDE, LEAD = "audit", "audits.decide_audit", "audits.lead_audit"
    CREDENTIAL, READ_WITH, WAITS_SINCE = "cycle__credential", ("cycle",), ("sent", "sent_at")
    OPEN, OUT_OF_ORDER = OPEN_STATES, "An audit that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PROPOSED: {State.OPEN, State.ENDED},
        State.OPEN: {State.SENT, State.EXPIRED, State.ENDED},
        State.SENT: {State.REPLACE, State.PASSED, State.FAILED, State.ENDED},
        State.REPLACE: {State.SENT, State.EXPIRED, State.ENDED},
        State.PASSED: set(),
        State.FAILED: {State.SENT},  # reopened for a second review, by another person
        State.EXPIRED: {State.OPEN},  # reopened by a lead, with a reason and a new last day
        State.ENDED: set(),
    }

    reference = models.CharField(max_length=12, unique=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="audits")
    kind = models.CharField(max_length=6, choices=Kind)
    renewal = models.CharField("renewal's reference", max_length=12)
    received_on = models.DateField(help_text="The day on which the renewal was received (Q14, Q17).")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    made_at = models.DateTimeField()
    notified_on = models.DateField(null=True, help_text="The day on which the time began (Q18).")
    due_on = models.DateField(null=True, help_text="The last day for documents; it only moves later.")
    sent_at = models.DateTimeField(null=True, help_text="When what is on file was last sent.")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True, help_text="Shown to the person.")
    cause = models.TextField(blank=True, help_text="Why it was asked for; only staff read it.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    for_lead = models.BooleanField(default=False, help_text="A document may be altered: a lead decides.")
    another_look_at = models.DateTimeField(null=True, help_text="When another look was asked for; once.")
    another_look_why = models.TextField(blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(state__in=OPEN_STATES), name="audits_audit_one_open"
            ),
            models.CheckConstraint(
                condition=Q(notified_on__isnull=True, due_on__isnull=True)
                | Q(notified_on__isnull=False, due_on__isnull=False, due_on__gte=models.F("notified_on")),
                name="audits_audit_clock",
            ),
            one_end(OPEN_STATES),
            # For cause: a reason, and two different people once it is open.
            models.CheckConstraint(
                condition=Q(kind="random", asked_by__isnull=True)
                | (Q(kind="cause", asked_by__isnull=False) & ~Q(cause="")),
                name="audits_audit_cause",
            ),
            models.CheckConstraint(
                condition=Q(kind="random")
                | Q(state__in=["proposed", "ended"])
                | (Q(agreed_by__isnull=False) & ~Q(agreed_by=models.F("asked_by"))),
                name="audits_audit_two_people",
            ),
            *(at_most(field, LONGEST_TEXT) for field in ("end_reason", "cause", "another_look_why")),
        )
        indexes = (
            models.Index(
                fields=["due_on", "id"], condition=Q(state__in=WITH_TRAINER), name="audits_audit_due"
            ),
            models.Index(fields=["sent_at", "id"], condition=Q(state="sent"), name="audits_audit_queue"),
            models.Index(fields=["ended_at"], name="audits_audit_ended"),
            models.Index(fields=["made_at"], name="audits_audit_made"),
            models.Index(
                fields=["made_at"], condition=Q(notified_on__isnull=True), name="audits_audit_not_begun"
            ),
        )
        permissions = (
            ("decide_audit", "Can review documents and close audits"),
            ("lead_audit", "Can reopen audits, decide about altered documents, and audit for cause"),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def first_day(self) -> date:
        """Return the day on which the period for sending documents began (Q18)."""
        return require_value(self.notified_on)

    @property
    def last_day(self) -> date:
        """Return the last day for sending documents, inclusive, of an audit whose period has begun."""
        return require_value(self.due_on)

    @property
    def trainer(self) -> Trainer:
        return self.cycle.credential.trainer


class AuditItem(models.Model):
    """One record that an audit checks. Its documents belong to the record, not to the audit."""

    class Verdict(models.TextChoices):
        NONE = "", "Not looked at"
        ACCEPTED = "accepted", "Accepted"
        REPLACE = "replace", "Replacement asked for"
        REFUSED = "refused", "Refused"

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="items")
    record = models.ForeignKey(CeuRecord, models.PROTECT, related_name="audit_items")
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.NONE, blank=True)
    words = models.TextField(
        blank=True, help_text="Why it is to be replaced or refused. Shown to the person."
    )
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    unavailable_why = models.TextField(blank=True, help_text="Why the person cannot get it.")
    suspected_why = models.TextField(blank=True, help_text="Why it may be altered. Only staff read it.")
    suspected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("record__completed_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["audit", "record"], name="audits_item_once"),
            models.CheckConstraint(
                condition=Q(verdict="", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | (~Q(verdict="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False)),
                name="audits_item_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["replace", "refused"]) | ~Q(words=""), name="audits_item_words"
            ),
            *(at_most(field, LONGEST_TEXT) for field in ("words", "unavailable_why", "suspected_why")),
        )

    def __str__(self) -> str:
        return self.record.title


class Extension(models.Model):
    """More time for documents, requested by the trainer or granted by staff, with author and reason
    (Q18).
    """

    class State(models.TextChoices):
        ASKED = "asked", "Asked for"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Not granted"

    OUT_OF_ORDER = "A wish for more time that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.ASKED: {State.GRANTED, State.REFUSED},
        State.GRANTED: set(),
        State.REFUSED: set(),
    }

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="extensions")
    why = models.TextField(blank=True, help_text="The person's words, when they asked.")
    asked_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    through = models.DateField(null=True, help_text="The new last day.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True, help_text="The reason. Shown to the person.")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["audit"], condition=Q(state="asked"), name="audits_extension_one_asked"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", by__isnull=True, through__isnull=True)
                | (Q(state="granted", by__isnull=False, through__isnull=False) & ~Q(words=""))
                | (Q(state="refused", by__isnull=False, through__isnull=True) & ~Q(words="")),
                name="audits_extension_whole",
            ),
            at_most("why", LONGEST_TEXT),
            at_most("words", LONGEST_TEXT),
        )

    def __str__(self) -> str:
        return self.get_state_display()
