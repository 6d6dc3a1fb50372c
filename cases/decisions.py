"""A person's decision that is held for the policy's minutes: released with its effect and its mail, or taken back in time."""

from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from core.constraints import at_most
from core.errors import Refusal

LONGEST_TEXT = 4000
Case = TypeVar("Case", bound=models.Model)
Held = TypeVar("Held", bound="HeldDecision")


class HeldDecisionQuerySet(models.QuerySet[Any]):
    def due(self, at: datetime) -> Self:
        """Held for as long as the policy says."""
        return self.filter(state=HeldDecision.State.HELD, effective_at__lte=at)


class HeldDecision(models.Model):
    """What every kind of decision has; the app adds what it is about and what it says."""

    class State(models.TextChoices):
        HELD = "held", "Can be taken back"
        RELEASED = "released", "In effect"
        TAKEN_BACK = "taken_back", "Taken back"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.HELD: {State.RELEASED, State.TAKEN_BACK},
        State.RELEASED: set(),
        State.TAKEN_BACK: set(),
    }

    verdict: Any  # each app has its own
    words = models.TextField(blank=True, help_text="The trainer reads them.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    effective_at = models.DateTimeField(help_text="Until then it can be taken back.")
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ("decided_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="held", ended_at__isnull=True)
                | (~Q(state="held") & Q(ended_at__isnull=False)),
                name="%(app_label)s_%(class)s_one_end",
            ),
            at_most("words", LONGEST_TEXT),
        )
        indexes = (
            models.Index(
                fields=["effective_at"], condition=Q(state="held"), name="%(app_label)s_%(class)s_held"
            ),
        )


def with_decisions(
    cases: "models.QuerySet[Case]", decisions: "models.QuerySet[Any]"
) -> "models.QuerySet[Case]":
    """Each with `held_until`, when a held decision takes effect, and `decider`, who decided last; in the same query.

    `decisions` are those of OuterRef("pk").
    """
    held = decisions.filter(state=HeldDecision.State.HELD).order_by().values("effective_at")
    stands = decisions.exclude(state=HeldDecision.State.TAKEN_BACK).order_by("-decided_at", "-pk")
    return cases.annotate(
        held_until=models.Subquery(held[:1]), decider=models.Subquery(stands.values("by__name")[:1])
    )


def same_or_refused(before: Held, verdict: str, by: Any, refusal: type[Refusal]) -> Held:
    """The decision that is held, when the same person decides the same again; else `refusal` with who was first."""
    if before.by_id == by.pk and before.verdict == verdict:
        return before
    who = "You have" if before.by_id == by.pk else f"{before.by.name} has"
    raise refusal(f"{who} decided this already. Take that decision back first.", code="decided")


def check_another_person(case: Any, by: Any, refusal: type[Refusal]) -> None:
    """A second look is another person's; the first decision stays on record."""
    released = HeldDecision.State.RELEASED
    if case.another_look_at and case.decisions.filter(state=released, by=by).exists():
        raise refusal("You decided this before. Another look is for somebody else.", code="same_person")


def keep(decision: HeldDecision, case: Any, refusal: type[Refusal]) -> None:
    """Save it. The database holds that only one of a case is held; two at once are told apart by it."""
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError:
        held = case.held_decision
        if held is None:
            raise
        raise refusal(f"{held.by.name} has decided this already.", code="decided") from None
