"""Changes that need two people: one proposes a change, another confirms it (invariant 14)."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.constraints import at_most, one_end

LONGEST_REASON = 2000


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(state__in=Proposal.OPEN)

    def waiting(self) -> Self:
        """Return the proposals that nobody has confirmed or taken back."""
        return self.filter(state=Proposal.State.WAITING)


class Proposal(models.Model):
    """A change that waits for a second person. `answers` holds what the first person chose: days
    and primary keys.

    The database lets the change pass only while its proposal is in the state `agreed`.
    """

    class Kind(models.TextChoices):
        REVOKE = "revoke", "Revoke a certification"
        REOPEN = "reopen", "Reopen a renewal"
        MERGE = "merge", "Merge two accounts"

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a second person"
        AGREED = "agreed", "Being carried out"
        DONE = "done", "Done"
        DROPPED = "dropped", "Taken back"

    MAY: ClassVar[dict[str, str]] = {
        Kind.REVOKE: "trainers.suspend_credential",
        Kind.REOPEN: "renewals.reopen_application",
        Kind.MERGE: "core.merge_accounts",
    }
    OPEN, OUT_OF_ORDER = ("waiting", "agreed"), "A proposal that is “{state}” cannot be {verb}."
    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.WAITING: {State.AGREED, State.DROPPED},
        State.AGREED: {State.DONE},
        State.DONE: set(),
        State.DROPPED: set(),
    }

    kind = models.CharField("what", max_length=10, choices=Kind)
    subject = models.CharField(max_length=80, help_text="The row that it is about.")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    answers = models.JSONField(default=dict)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("proposed at")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="confirmed by",
    )
    agreed_at = models.DateTimeField("confirmed at", null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=["waiting", "agreed"]),
                name="cases_proposal_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(by=F("trainer"))
                & (Q(agreed_by__isnull=True) | (~Q(agreed_by=F("by")) & ~Q(agreed_by=F("trainer")))),
                name="cases_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "dropped"], agreed_by__isnull=True, agreed_at__isnull=True)
                | Q(state__in=["agreed", "done"], agreed_by__isnull=False, agreed_at__isnull=False),
                name="cases_proposal_agreed",
            ),
            one_end(["waiting", "agreed"], ["done", "dropped"]),
            models.CheckConstraint(condition=~Q(reason=""), name="cases_proposal_why"),
            at_most("subject", 80),
            at_most("reason", LONGEST_REASON),
        )
        indexes = (
            models.Index(fields=["at"], condition=Q(state="waiting"), name="cases_proposal_waiting"),
            models.Index(fields=["subject"], name="cases_proposal_about"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.trainer.name}"

    @property
    def permission(self) -> str:
        """Return the permission that both people need."""
        return self.MAY[self.kind]
