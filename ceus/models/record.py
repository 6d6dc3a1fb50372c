"""CEU records, completed activities that trainers claim, with their evidence (Q9, Q11, Q12, Q23)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Combinable

from ceus.models.catalogue import Course
from core.constraints import at_most
from documents.models import Document, Evidence, EvidenceQuerySet
from rules.names import fold_title
from trainers.models import Credential, Cycle


class CeuRecordQuerySet(models.QuerySet["CeuRecord"]):
    def present(self) -> Self:
        """Return the records that were not removed."""
        return self.exclude(state=CeuRecord.State.REMOVED)

    def for_cycle(self, cycle: Cycle) -> Self:
        """Return the records that can count for `cycle`: claimed for it or unclaimed (Q9)."""
        return self.countable(cycle.pk, cycle.credential_id)

    def countable(self, cycle: int | Combinable, credential: int | Combinable) -> Self:
        """Return the records that `for_cycle` returns, for these primary keys."""
        unclaimed_or_its = Q(claimed_for=cycle) | Q(claimed_for__isnull=True)
        return self.present().filter(unclaimed_or_its, credential=credential)

    def counting(self) -> Self:
        """Return the records that count or may still count: neither removed nor rejected."""
        return self.filter(state__in=CeuRecord.COUNTING)

    def same_completion_as(self, record: "CeuRecord") -> Self:
        """Return the counting records with the same trainer, day and course as `record`.

        A record without a course is compared by category and title. The database allows one such
        record (invariant 13).
        """
        same = self.counting().filter(credential=record.credential_id, completed_on=record.completed_on)
        if record.course_id:
            return same.filter(course=record.course_id)
        return same.filter(course__isnull=True, category=record.category).titled(record.title)

    def titled(self, title: str) -> Self:
        """Return the records with this title, ignoring case, spaces and Unicode composition.

        Compared in Python, for the few records of one day: the databases fold letters beyond ASCII
        differently.
        """
        wanted = fold_title(title)
        return self.filter(pk__in=[record.pk for record in self if fold_title(record.title) == wanted])


class CeuRecord(models.Model):
    """A completed activity.

    `claimed_for` is the one cycle that it counts for: set at submission, cleared when the
    application ends without approval.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Certificate needed"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Not accepted"
        REMOVED = "removed", "Removed"

    COUNTING = ("pending", "accepted")
    OUT_OF_ORDER = "A record that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PENDING: {State.ACCEPTED, State.REJECTED, State.REMOVED},
        # Back to pending only when a provider takes its report back (the trigger of the steps).
        State.ACCEPTED: {State.PENDING, State.REJECTED, State.REMOVED},
        State.REJECTED: set(),  # never accepted later: a new proof makes a new record
        State.REMOVED: set(),
    }

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="ceu_records")
    category = models.CharField(max_length=40, help_text="A category code of the policy.")
    course = models.ForeignKey(Course, models.PROTECT, related_name="records", null=True, blank=True)
    title = models.CharField(max_length=160, help_text="As it stood on the day it was logged.")
    completed_on = models.DateField()
    hundredths = models.PositiveIntegerField("amount, in the unit's smallest part")
    valid_through = models.DateField(null=True, blank=True, help_text="The last valid day of a card.")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    remind_on = models.DateField(
        null=True, editable=False, help_text="The day of the next reminder that this card ends."
    )
    approved = models.BooleanField(
        default=True,
        db_default=True,
        help_text="The course was approved on that day, as the list said when it was logged (Q10, Q32).",
    )
    reported_by_provider = models.BooleanField(default=False)
    granted = models.BooleanField(default=False, help_text="By our decision on a petition (S9).")
    # How the policies describe its course, as on the day it was logged; empty where no policy names anything.
    provider_code = models.CharField(max_length=40, blank=True, default="", db_default="")
    topics = models.CharField(
        max_length=400, blank=True, default="", db_default="", help_text="Codes, with a space between them."
    )
    format = models.CharField(max_length=40, blank=True, default="", db_default="")
    claimed_for = models.ForeignKey(
        Cycle, models.PROTECT, related_name="claimed_records", null=True, blank=True
    )
    shared_from = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="shared_with",
        null=True,
        blank=True,
        help_text="The record of another certification, of which this renewal counts the same course.",
    )
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    documents = models.ManyToManyField(Document, through="RecordDocument", related_name="ceu_records")

    objects = CeuRecordQuerySet.as_manager()

    class Meta:
        ordering = ("-completed_on", "-pk")
        verbose_name = "record"
        constraints = (
            models.CheckConstraint(
                condition=Q(hundredths__gt=0, hundredths__lte=10_000), name="ceus_record_hundredths"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "accepted", "rejected", "removed"]),
                name="ceus_record_state",
            ),
            models.CheckConstraint(
                condition=Q(valid_through__isnull=True) | Q(valid_through__gte=models.F("completed_on")),
                name="ceus_record_card_order",
            ),
            # One record for one completion (invariant 13). One that was rejected blocks no new proof of it.
            models.UniqueConstraint(
                fields=["credential", "course", "completed_on"],
                condition=Q(course__isnull=False, state__in=["pending", "accepted"]),
                name="ceus_record_once",
            ),
            models.UniqueConstraint(
                fields=["credential", "category", "title", "completed_on"],
                condition=Q(course__isnull=True, state__in=["pending", "accepted"]),
                name="ceus_record_untitled_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="removed") | Q(claimed_for__isnull=True),
                name="ceus_record_removed_unclaimed",
            ),
            at_most("title", 160),
        )
        indexes = (
            models.Index(fields=["credential", "-completed_on"], name="ceus_record_of"),
            models.Index(
                fields=["state", "id"],
                condition=Q(state__in=("pending", "rejected", "removed")),
                name="ceus_record_unusual",
            ),
            models.Index(fields=["course", "completed_on"], name="ceus_record_of_course"),
            models.Index(
                fields=["remind_on", "valid_through", "id"],
                condition=Q(remind_on__isnull=False),
                name="ceus_record_remind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.completed_on}"

    @property
    def reported_by(self) -> str:
        """Return the name of the provider that reported the record; empty for others."""
        return self.course.provider.name if self.reported_by_provider and self.course else ""

    @property
    def is_card(self) -> bool:
        """Return whether the record is a card, proven by its two sides, and not a course with a
        certificate (Q23).
        """
        return self.course_id is None and not self.granted


class RecordDocument(Evidence):
    """One file of a record's evidence."""

    class Part(models.TextChoices):
        CERTIFICATE = "certificate", "Certificate of completion"
        CARD_FRONT = "card_front", "Front of the card"
        CARD_BACK = "card_back", "Back of the card"

    record = models.ForeignKey(CeuRecord, models.PROTECT, related_name="evidence")
    document = models.ForeignKey(Document, models.PROTECT, related_name="evidence_for")
    part = models.CharField(max_length=12, choices=Part)

    objects = EvidenceQuerySet["RecordDocument"].as_manager()

    class Meta(Evidence.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=["record", "part"],
                condition=Q(replaced_at__isnull=True),
                name="ceus_record_document_current",
            ),
        )
