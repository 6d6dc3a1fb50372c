"""Versions of a policy with other figures: drafted by one lead, approved by another."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import at_most

LONGEST_WHY = 2000


class PolicyDraftQuerySet(models.QuerySet["PolicyDraft"]):
    def waiting(self) -> Self:
        """Return the drafts that nobody has approved or withdrawn."""
        return self.filter(state=PolicyDraft.State.DRAFT)

    def approved(self) -> Self:
        """Return the drafts that count from their first day on."""
        return self.filter(state=PolicyDraft.State.APPROVED)


class PolicyDraft(models.Model):
    """One version of a policy. `changes` has each figure that differs from the version before, as
    section, key and value, such as ["fees", "late", "60.00"]. The policy's file decides about
    everything else.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Waits for a second person"
        APPROVED = "approved", "Approved"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN = ("draft", "approved")
    OUT_OF_ORDER = "A draft that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.DRAFT: {State.APPROVED, State.WITHDRAWN},
        State.APPROVED: {State.WITHDRAWN},
        State.WITHDRAWN: set(),
    }

    policy_code = models.CharField("policy", max_length=40)
    first_day = models.DateField("in force from")
    changes = models.JSONField()
    why = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="drafted by"
    )
    at = models.DateTimeField("drafted at")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField("withdrawn at", null=True)

    objects = PolicyDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-first_day", "-pk")
        verbose_name = "draft of the rules"
        verbose_name_plural = "drafts of the rules"
        constraints = (
            models.UniqueConstraint(
                fields=["policy_code", "first_day"],
                condition=~Q(state="withdrawn"),
                name="cases_policydraft_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("by")),
                name="cases_policydraft_two_people",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="cases_policydraft_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state="draft", approved_by__isnull=False)
                & ~Q(state="approved", approved_by__isnull=True),
                name="cases_policydraft_approved",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", ended_at__isnull=False)
                | ~Q(state="withdrawn") & Q(ended_at__isnull=True),
                name="cases_policydraft_one_end",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="cases_policydraft_why"),
            at_most("policy_code", 40),
            at_most("why", LONGEST_WHY),
        )

    def __str__(self) -> str:
        return f"{self.policy_code} from {self.first_day}"

    def is_in_force_on(self, day: date) -> bool:
        return self.state == self.State.APPROVED and self.first_day <= day

    def figures(self) -> dict[tuple[str, ...], str]:
        """Return the changed figures and words: the value by its place, such as section and key."""
        return {tuple(place): value for *place, value in self.changes}
