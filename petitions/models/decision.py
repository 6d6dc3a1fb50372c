"""Questions to the trainer about a petition, and decisions about it."""

from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.decisions import PendingDecision, PendingDecisionQuerySet
from ceus.models import Course
from core.constraints import at_most
from petitions.models.petition import LONGEST_TEXT, Petition

NEWEST = 200  # petitions of a title or provider among which precedents are looked for


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        """Return the questions that are neither answered nor closed."""
        return self.filter(answered_at=None, closed_at=None)


class Question(models.Model):
    """A question to the trainer, the last day to answer it, and the answer."""

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_through = models.DateField(help_text="The last day to answer; it only moves later.")
    extended_at = models.DateTimeField(null=True, help_text="When more time was taken; once.")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="When it ended without an answer.")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["petition"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="petitions_question_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(closed_at__isnull=True),
                name="petitions_question_one_end",
            ),
            at_most("text", LONGEST_TEXT),
            at_most("answer", LONGEST_TEXT),
        )
        indexes = (
            models.Index(
                fields=["answer_through"],
                condition=Q(answered_at__isnull=True, closed_at__isnull=True),
                name="petitions_question_open",
            ),
        )

    def __str__(self) -> str:
        return f"Question of {self.asked_at:%Y-%m-%d}"


class DecisionQuerySet(PendingDecisionQuerySet["Decision"]):
    def precedents_for(self, petition: Petition) -> Self:
        """Return released decisions about courses with this petition's title, then about courses of
        its provider, each the newest first, annotated with `is_same_course`.

        At most the newest 200 petitions with the title, and as many of the provider, are looked at,
        so that the query takes the same time however many there are.
        """
        alike = {name: getattr(petition, name) for name in ("folded_title", "folded_provider")}
        looked_at = [
            Petition.objects.filter(**{name: text})
            .exclude(pk=petition.pk)
            .order_by("-pk")
            .values("pk")[:NEWEST]
            for name, text in alike.items()
            if text
        ]
        near = reduce(or_, (Q(petition__in=rows) for rows in looked_at), Q(pk__in=[]))
        same = Q(petition__folded_title=petition.folded_title)
        released = self.conclusions().filter(near).annotate(is_same_course=same)
        return released.select_related("petition", "by").order_by("-is_same_course", "-decided_at", "-pk")


class Decision(PendingDecision):
    """One person's decision about a petition."""

    CASE = "petition"

    class Verdict(models.TextChoices):
        APPROVE = "approve", "Approve"
        DENY = "deny", "Decline"
        ASK = "ask", "Ask"

    STEPS = (Verdict.ASK,)

    class Reason(models.TextChoices):
        ENTRY_LEVEL = "entry_level", "Not beyond entry level"
        OFF_TOPIC = "off_topic", "Not about the work that is certified"
        NOT_SHOWN = "not_shown", "The documents do not show enough"
        NOT_COMPLETED = "not_completed", "Not shown to be completed"
        COUNTED = "counted", "The same course counts already"
        PROMOTION = "promotion", "It sells more than it teaches"
        FEWER = "fewer", "Fewer contact hours are shown"
        MORE = "more", "More contact hours are shown"
        TAUGHT = "taught", "What was taught"
        HOURS = "hours", "The contact hours"
        TEACHER = "teacher", "Who taught it"
        COMPLETED = "completed", "Whether it was completed"
        OTHER = "other", "Another reason"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=7, choices=Verdict)
    hundredths = models.PositiveIntegerField("amount granted, in the unit's smallest part", null=True)
    reason_code = models.CharField(max_length=14, choices=Reason, blank=True)
    lists_course = models.BooleanField(default=False, help_text="The course joins the catalogue.")
    course = models.ForeignKey(Course, models.PROTECT, related_name="precedents", null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta(PendingDecision.Meta):
        constraints = (
            *PendingDecision.Meta.constraints,
            models.UniqueConstraint(
                fields=["petition"], condition=Q(state="pending"), name="petitions_decision_one_pending"
            ),
            models.CheckConstraint(
                condition=Q(
                    verdict="approve", hundredths__isnull=False, hundredths__gt=0, hundredths__lte=10_000
                )
                | (Q(verdict="deny", hundredths__isnull=True) & ~Q(reason_code="") & ~Q(words=""))
                | (Q(verdict="ask", hundredths__isnull=True) & ~Q(words="")),
                name="petitions_decision_whole",
            ),
        )
