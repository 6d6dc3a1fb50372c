"""Changes of the catalogue, and the records that each of them affects (Q32). Rows are only ever
added.
"""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ceus.models.catalogue import Course, Provider
from ceus.models.record import CeuRecord
from core.constraints import at_most
from rules.listing import CeusChange, ceus_on

LONGEST_REASON = 2000
_CEUS = ("ceus_from", "hundredths_before", "hundredths_after")


class CatalogueChangeQuerySet(models.QuerySet["CatalogueChange"]):
    def dated_ceus(self) -> Self:
        """Return the changes that give the course other CEUs from some day on, in the order in which
        they were made.
        """
        return self.filter(ceus_from__isnull=False).order_by("pk")


class CatalogueChange(models.Model):
    """One change of the approved days of a provider or course, or of a course's CEUs.

    `ceus_from` is the first day with the new CEUs (`rules.listing`). The columns of what did not
    change are empty.
    """

    class Records(models.TextChoices):
        NONE = "none", "No record is concerned"
        KEPT = "kept", "Records stay as they are"
        CHANGED = "changed", "Records follow the list"

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="changes", null=True)
    course = models.ForeignKey(Course, models.PROTECT, related_name="changes", null=True)
    from_before = models.DateField("approved from, before", null=True)
    from_after = models.DateField("approved from, after", null=True)
    through_before = models.DateField("approved through, before", null=True)
    through_after = models.DateField("approved through, after", null=True)
    ceus_from = models.DateField("amount from", null=True, help_text="The first day with the new amount.")
    hundredths_before = models.PositiveIntegerField("amount before", null=True)
    hundredths_after = models.PositiveIntegerField("amount after", null=True)
    records = models.CharField(max_length=7, choices=Records, default=Records.NONE)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    objects = CatalogueChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(provider__isnull=False, course__isnull=True)
                | Q(provider__isnull=True, course__isnull=False),
                name="ceus_cataloguechange_one_row",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in _CEUS})
                | Q(course__isnull=False, **{f"{name}__isnull": False for name in _CEUS}),
                name="ceus_cataloguechange_ceus_whole",
            ),
            models.CheckConstraint(
                condition=Q(hundredths_after__isnull=True)
                | Q(hundredths_after__gt=0, hundredths_after__lte=10_000),
                name="ceus_cataloguechange_hundredths",
            ),
            models.CheckConstraint(
                condition=Q(records="none") | (Q(records__in=["kept", "changed"]) & ~Q(reason="")),
                name="ceus_cataloguechange_reason",
            ),
            at_most("reason", LONGEST_REASON),
        )
        permissions = (
            (
                "lead_cataloguechange",
                "Can change records that count, and raise amounts of days that have passed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course or self.provider}, {self.at:%Y-%m-%d}"


class AffectedRecord(models.Model):
    """One record that a change of the catalogue affects, before and after it. Equal values mean
    that the record stayed as it was.
    """

    change = models.ForeignKey(CatalogueChange, models.PROTECT, related_name="affected")
    record = models.ForeignKey(CeuRecord, models.PROTECT, related_name="catalogue_changes")
    hundredths_before = models.PositiveIntegerField("amount before")
    hundredths_after = models.PositiveIntegerField("amount after")
    approved_before = models.BooleanField()
    approved_after = models.BooleanField()

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["change", "record"], name="ceus_affectedrecord_once"),)
        indexes = (models.Index(fields=["record", "id"], name="ceus_affectedrecord_newest"),)

    def __str__(self) -> str:
        return f"{self.record_id} by {self.change_id}"

    @property
    def is_changed(self) -> bool:
        before = self.hundredths_before, self.approved_before
        return before != (self.hundredths_after, self.approved_after)


def ceus_changes_of(course: Course) -> list[CeusChange]:
    """Return the changes of a course's CEUs, in the order in which they were made. One query."""
    rows = CatalogueChange.objects.dated_ceus().filter(course=course).values_list(*_CEUS)
    return [CeusChange(*row) for row in rows]


def course_ceus_on(course: Course, day: date) -> int:
    """Return how many hundredths of a CEU a course gives when completed on `day` (Q32). One
    query.
    """
    return ceus_on(day, ceus_changes_of(course), otherwise=course.hundredths)
