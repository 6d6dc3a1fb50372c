"""Who is assigned to a case, until when it is snoozed, what staff write to each other, and who must
not decide about whom.

A case is named as text (`subject_of`), so that this floor knows no app above it.
"""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import at_most
from trainers.models import Trainer

LONGEST_NOTE = 2000
LONGEST_WHY = 500


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> Self:
        """Return the assignments that have not ended."""
        return self.filter(ended_at__isnull=True)


class Assignment(models.Model):
    """The assignment of a case to one of the staff. A case has at most one assignment without
    `ended_at`: the current one.
    """

    subject = models.CharField(max_length=80, help_text="The case.")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["subject"], condition=Q(ended_at__isnull=True), name="cases_assignment_one_standing"
            ),
            models.CheckConstraint(condition=~Q(assignee=F("trainer")), name="cases_assignment_not_own"),
        )
        indexes = (
            models.Index(
                fields=["assignee", "subject"], condition=Q(ended_at__isnull=True), name="cases_assignment_of"
            ),
            models.Index(fields=["subject"], name="cases_assignment_about"),
        )

    def __str__(self) -> str:
        return f"{self.subject} with {self.assignee_id}"


class Conflict(models.Model):
    """A conflict of interest: one of the staff knows a trainer, so is never assigned their cases
    and never decides about them.
    """

    colleague = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = (models.UniqueConstraint(fields=["colleague", "trainer"], name="cases_conflict_once"),)

    def __str__(self) -> str:
        return f"{self.colleague_id} knows {self.trainer_id}"


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    def unended(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def over_on(self, day: date) -> Self:
        """Return the snoozes whose time is over on `day` and which nothing has ended yet."""
        return self.unended().filter(until_on__lte=day)

    def standing_on(self, day: date) -> Self:
        """Return the snoozes in force on `day`. A snooze ends at the beginning of the day `until_on`."""
        return self.unended().filter(until_on__gt=day)


class Snooze(models.Model):
    """The snooze of a case: one of the staff puts it off until a day that is not after its due
    day.
    """

    class End(models.TextChoices):
        NONE = "", "Still snoozed"
        DAY_CAME = "day_came", "Its day came"
        MOVED = "moved", "Something happened in the case"
        WOKEN = "woken", "Woken by staff"
        REPLACED = "replaced", "Another day was chosen"

    subject = models.CharField(max_length=80, help_text="The case.")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until_on = models.DateField(help_text="It wakes at the beginning of this day.")
    due_on = models.DateField(help_text="The day that was promised to the person.")
    reason = models.CharField(max_length=LONGEST_WHY)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=8, choices=End, default=End.NONE, blank=True)

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["subject"], condition=Q(ended_at__isnull=True), name="cases_snooze_one_standing"
            ),
            models.CheckConstraint(condition=Q(until_on__lte=F("due_on")), name="cases_snooze_by_due_day"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | (Q(ended_at__isnull=False) & ~Q(ended_how="")),
                name="cases_snooze_one_end",
            ),
            at_most("reason", LONGEST_WHY),
        )
        indexes = (
            models.Index(
                fields=["until_on"], condition=Q(ended_at__isnull=True), name="cases_snooze_to_wake"
            ),
            models.Index(fields=["subject"], name="cases_snooze_about"),
        )

    def __str__(self) -> str:
        return f"{self.subject} until {self.until_on}"


class Note(models.Model):
    """A note by one of the staff to the others, about a case or a trainer. Never changed."""

    subject = models.CharField(max_length=80, help_text="The case or the person.")
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Whom the note is about."
    )
    text = models.TextField(help_text="Only staff read it.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        constraints = (at_most("text", LONGEST_NOTE),)
        indexes = (
            models.Index(fields=["subject", "-id"], name="cases_note_about"),
            models.Index(fields=["trainer", "-id"], name="cases_note_of"),
        )

    def __str__(self) -> str:
        return f"Note {self.pk}"


class MentionQuerySet(models.QuerySet["Mention"]):
    def unread_by(self, person: Trainer) -> Self:
        """Return the mentions that `person` has not marked as read, the oldest first."""
        return self.filter(person=person, read_at__isnull=True).select_related("note__by").order_by("pk")


class Mention(models.Model):
    """A colleague named in a note. Their page Today shows the note until they have marked it as read."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentions")
    read_at = models.DateTimeField(null=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["note", "person"], name="cases_mention_once"),
        )
        indexes = (
            models.Index(
                fields=["person", "id"], condition=Q(read_at__isnull=True), name="cases_mention_unread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.note_id}"
