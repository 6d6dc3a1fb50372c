"""A roster that a lead uploaded in the browser: the file, what its rows would do, and whether it
was applied.
"""

import secrets
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.constraints import at_most, one_end

FOLDER = "rosters"
LONGEST_FILE_NAME = 120
ATTEMPTS = 5  # to check it, and again to apply it: after that it has failed
LEASE = timedelta(seconds=120)  # of the worker that reads it; each batch of rows extends it


def new_roster_place() -> str:
    """Return the path for a new file. The row stores it before the file is written, so that no file
    is forgotten.
    """
    return f"{FOLDER}/{secrets.token_hex(16)}.csv"


class RosterQuerySet(models.QuerySet["Roster"]):
    def to_work_on(self, at: datetime) -> Self:
        """Return the rosters that a worker should check or apply now, the oldest first."""
        leased = Q(leased_until__gt=at, leased_until__lte=at + LEASE)
        return self.filter(state__in=Roster.WORKING).exclude(leased).order_by("pk")

    def over(self, before: datetime) -> Self:
        """Return the rosters whose file and values are to be deleted: ended before `before`, or
        uploaded before it and never applied.
        """
        waits = Q(state__in=[Roster.State.CHECKING, Roster.State.CHECKED], sent_at__lt=before)
        return self.exclude(stored_as="").filter(Q(ended_at__lt=before) | waits)


class Roster(models.Model):
    """One uploaded roster. Only what was checked is applied: the same file, by `sha256`, with the
    same effects, by `mark`.
    """

    class State(models.TextChoices):
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked, not applied"
        APPLYING = "applying", "Being applied"
        APPLIED = "applied", "Applied"
        FAILED = "failed", "Could not be read"
        DROPPED = "dropped", "Dropped"

    OPEN = ("checking", "checked", "applying")
    WORKING = ("checking", "applying")
    OUT_OF_ORDER = "A roster that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.CHECKING: {State.CHECKED, State.FAILED, State.DROPPED},
        State.CHECKED: {State.CHECKING, State.APPLYING, State.DROPPED},
        State.APPLYING: {State.APPLIED, State.CHECKED, State.FAILED},
        State.APPLIED: set(),
        State.FAILED: set(),
        State.DROPPED: set(),
    }

    name = models.CharField("file", max_length=LONGEST_FILE_NAME)
    sha256 = models.CharField("fingerprint", max_length=64, help_text="SHA-256 of the file as it was sent.")
    size = models.PositiveBigIntegerField("bytes")
    line_count = models.PositiveIntegerField("lines")
    stored_as = models.CharField(
        max_length=60, default=new_roster_place, blank=True, help_text="Empty: let go."
    )
    policy_code = models.CharField("policy", max_length=40)
    exported_on = models.DateField(
        "day of the file", null=True, help_text="What was set here before that day may be replaced."
    )
    state = models.CharField(max_length=8, choices=State, default=State.CHECKING)
    note = models.CharField(max_length=500, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0, help_text="Begun so far; marks the rows of each.")
    attempts_done = models.PositiveIntegerField(default=0, help_text="The last attempt that ended well.")
    lines_of = models.PositiveIntegerField(default=0, help_text="The attempt whose rows are shown.")
    leased_until = models.DateTimeField(null=True)
    rows_read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    unchanged = models.PositiveIntegerField(null=True)
    bad = models.PositiveIntegerField("refused", null=True)
    mark = models.CharField(max_length=64, blank=True, help_text="Stands for everything that it would do.")
    checked_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="applied by"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        permissions = (("import_roster", "Can send a roster, look at what it would do, and apply it"),)
        constraints = (
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(state__in=["checking", "checked", "applying"]),
                name="trainers_roster_one_open",
            ),
            one_end(["checking", "checked", "applying"], ["applied", "failed", "dropped"]),
            models.CheckConstraint(
                condition=~Q(state__in=["checked", "applying", "applied"])
                | (
                    Q(new__isnull=False, changed__isnull=False, unchanged__isnull=False, bad__isnull=False)
                    & Q(checked_at__isnull=False)
                    & ~Q(mark="")
                ),
                name="trainers_roster_counted",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applying", "applied"])
                | Q(bad=0, confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="trainers_roster_confirmed",
            ),
            at_most("name", LONGEST_FILE_NAME),
            at_most("note", 500),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_worked_on(self) -> bool:
        return self.state in self.WORKING

    @property
    def rows(self) -> int:
        """Return how many rows the check found; 0 before a check."""
        return sum(number or 0 for number in (self.new, self.changed, self.unchanged, self.bad))


class RosterLine(models.Model):
    """What one row of a roster would do or did, or one thing that is wrong with it.

    A row that changes nothing and has nothing to report is only counted.
    """

    class Outcome(models.TextChoices):
        NEW = "new", "New"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        BAD = "bad", "Refused"

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="lines")
    attempt = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    number = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=130, blank=True)
    column = models.CharField(max_length=20, blank=True)
    value = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=list)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["roster", "outcome", "id"], name="trainers_rosterline_found"),)

    def __str__(self) -> str:
        return f"{self.roster_id}, line {self.line}"
