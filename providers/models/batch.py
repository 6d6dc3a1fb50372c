"""What a provider reports: a batch with a row for each completion, and the state of each row."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceus.models import CeuRecord, Course, Provider
from core.constraints import at_most
from providers.models.key import ApiKey
from trainers.models import Credential

LONGEST_WORDS = 300
LONGEST_REASON = 500
MOST_ROWS = 1000  # of one batch that is typed, uploaded or posted


class Batch(models.Model):
    """One report of a provider. Its rows never change; only their states do."""

    class State(models.TextChoices):
        REPORTED = "reported", "Reported"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Source(models.TextChoices):
        TYPED = "typed", "Typed"
        FILE = "file", "File"
        API = "api", "API"
        XAPI = "xapi", "Learning system"
        BADGE = "badge", "Signed badge"

    OUT_OF_ORDER = "A report that is {state} cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.REPORTED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }

    reference = models.CharField(max_length=12, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="batches")
    source = models.CharField(max_length=5, choices=Source)
    state = models.CharField(max_length=9, choices=State, default=State.REPORTED)
    file_name = models.CharField("file", max_length=120, blank=True)
    idempotency_key = models.CharField(
        max_length=100, help_text="The same key sent twice is the same report."
    )
    sha256 = models.CharField("fingerprint", max_length=64, help_text="SHA-256 of the rows as they came.")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="batches", null=True)
    sent_at = models.DateTimeField()
    row_count = models.PositiveIntegerField("rows")
    taken_count = models.PositiveIntegerField("taken")
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.CharField("why it was withdrawn", max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        verbose_name_plural = "batches"
        indexes = (models.Index(fields=["provider", "-sent_at", "-id"], name="providers_batch_of"),)
        constraints = (
            models.UniqueConstraint(fields=["provider", "idempotency_key"], name="providers_batch_once"),
            models.CheckConstraint(
                condition=Q(state="reported", withdrawn_at__isnull=True)
                | (Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(reason="")),
                name="providers_batch_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(taken_count__lte=models.F("row_count")), name="providers_batch_counts"
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=False, key__isnull=True)
                | Q(sent_by__isnull=True, key__isnull=False),
                name="providers_batch_by",
            ),
            at_most("file_name", 120),
            at_most("idempotency_key", 100),
            at_most("sha256", 64),
            at_most("reason", LONGEST_REASON),
        )

    def __str__(self) -> str:
        return self.reference


class CompletionQuerySet(models.QuerySet["Completion"]):
    def standing(self) -> Self:
        """Return the completions that count as reported, and those of them that wait for a decision of staff."""
        return self.filter(state__in=Completion.STANDING)

    def as_sent(self) -> Self:
        """Return the rows that came with a report, without those that a correction put in their place."""
        return self.filter(replaces__isnull=True)

    def for_staff(self) -> Self:
        return self.filter(state=Completion.State.FOR_STAFF)


class Completion(models.Model):
    """One row of a batch, as it was judged on the day it came (`providers/judging.py`).

    `before` holds what the trainer's own record said before the report was merged with it.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Taken"
        DUPLICATE = "duplicate", "Reported before"
        UNKNOWN_NUMBER = "unknown_number", "Unknown number"
        NAME_DIFFERS = "name_differs", "Name differs"
        NOT_APPROVED = "not_approved", "Course not approved that day"
        INVALID = "invalid", "Cannot be read"

    class State(models.TextChoices):
        REFUSED = "refused", "Not taken"
        REPORTED = "reported", "Reported"
        WITHDRAWN = "withdrawn", "Withdrawn"
        FOR_STAFF = "for_staff", "With staff"
        KEPT = "kept", "Kept by staff"

    STANDING = ("reported", "for_staff", "kept")
    OUT_OF_ORDER = "A completion that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.REFUSED: set(),
        State.REPORTED: {State.WITHDRAWN, State.FOR_STAFF},
        State.FOR_STAFF: {State.KEPT, State.WITHDRAWN},
        State.WITHDRAWN: set(),
        State.KEPT: set(),
    }

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="completions")
    line = models.PositiveIntegerField()
    number = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120, blank=True, help_text="Kept only where the number is known.")
    course_code = models.CharField(max_length=180, blank=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="completions", null=True)
    completed_on = models.DateField(null=True)
    hundredths = models.PositiveIntegerField(
        "amount, in the unit's smallest part", null=True, help_text="Empty: all that the course gives."
    )
    outcome = models.CharField(max_length=14, choices=Outcome)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    state = models.CharField(max_length=9, choices=State)
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="completions", null=True)
    record = models.ForeignKey(CeuRecord, models.PROTECT, related_name="completions", null=True)
    made_record = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    state_at = models.DateTimeField(null=True, help_text="When it was withdrawn, or staff decided.")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        ordering = ("batch", "line", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(state__in=["reported", "for_staff", "kept"]),
                name="providers_completion_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(outcome="taken", record__isnull=False, credential__isnull=False)
                & ~Q(state="refused")
                | ~Q(outcome="taken") & Q(record__isnull=True, state="refused"),
                name="providers_completion_taken",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["refused", "reported"], state_at__isnull=True)
                | Q(state__in=["withdrawn", "for_staff", "kept"], state_at__isnull=False),
                name="providers_completion_state_at",
            ),
            models.CheckConstraint(
                condition=Q(hundredths__isnull=True) | Q(hundredths__gt=0, hundredths__lte=10_000),
                name="providers_completion_hundredths",
            ),
            models.CheckConstraint(
                condition=Q(credential__isnull=False) | Q(name=""), name="providers_completion_nameless"
            ),
            at_most("number", 40),
            at_most("name", 120),
            at_most("course_code", 180),
            at_most("words", LONGEST_WORDS),
            at_most("reason", LONGEST_REASON),
        )
        indexes = (
            models.Index(fields=["batch", "outcome", "line"], name="providers_completion_outcome"),
            models.Index(fields=["id"], condition=~Q(name=""), name="providers_completion_named"),
            models.Index(
                fields=["state_at", "id"],
                condition=Q(state="for_staff"),
                name="providers_completion_staff",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}, {self.course_code}, {self.completed_on}"

    @property
    def differs(self) -> bool:
        """Return whether staff decide because the report says something else than a renewal that was
        sent; otherwise they do because the provider took it back, with a reason.
        """
        return self.state == self.State.FOR_STAFF and not self.reason
