"""What staff corrected in a record: its trainer, its day, its course, its CEUs. Rows are only ever
added.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ceus.models.catalogue import Course
from ceus.models.record import CeuRecord
from core.constraints import at_most
from trainers.models import Credential

LONGEST_REASON = 2000
FACTS = ("credential", "course", "title", "completed_on", "hundredths", "approved")


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> Self:
        """Return the corrections that were not undone, without the rows that undo one."""
        return self.filter(takes_back__isnull=True, taken_back_by__isnull=True)


class Correction(models.Model):
    """One correction of one record, with the value of each fact before and after. Undoing it adds
    another row.
    """

    record = models.ForeignKey(CeuRecord, models.PROTECT, related_name="corrections")
    credential_before = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    credential_after = models.ForeignKey(Credential, models.PROTECT, related_name="+")
    course_before = models.ForeignKey(Course, models.PROTECT, related_name="+", null=True)
    course_after = models.ForeignKey(Course, models.PROTECT, related_name="+", null=True)
    title_before = models.CharField(max_length=160)
    title_after = models.CharField(max_length=160)
    completed_on_before = models.DateField()
    completed_on_after = models.DateField()
    hundredths_before = models.PositiveIntegerField("amount before")
    hundredths_after = models.PositiveIntegerField("amount after")
    approved_before = models.BooleanField()
    approved_after = models.BooleanField()
    reason = models.TextField(help_text="Shown to the person.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="taken_back_by",
        help_text="The correction that this one takes back.",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        permissions = (("correct_record", "Can correct a record"),)
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="ceus_correction_why"),
            models.CheckConstraint(
                condition=Q(hundredths_after__gt=0, hundredths_after__lte=10_000),
                name="ceus_correction_hundredths",
            ),
            models.CheckConstraint(
                condition=~Q(credential_before=F("credential_after"))
                | ~Q(completed_on_before=F("completed_on_after"))
                | ~Q(hundredths_before=F("hundredths_after"))
                | ~Q(title_before=F("title_after")),
                name="ceus_correction_changes",
            ),
            at_most("title_before", 160),
            at_most("title_after", 160),
            at_most("reason", LONGEST_REASON),
        )

    def __str__(self) -> str:
        return f"{self.title_before}, {self.at:%Y-%m-%d}"

    @property
    def is_of_another_person(self) -> bool:
        """Return whether the record moved to another certification."""
        return self.credential_before_id != self.credential_after_id
