"""Decisions that are pending for the policy's minutes and are then released: their effect and their
mail happen in one transaction.

Until its release a decision can be taken back, even when the release is late. An exception that
stops a release is written on the decision, and Today shows the decision as late. After a Refusal
the decision waits for a person, who undoes it and decides again. After any other exception the
sweep tries again, for one day at most.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from cases.locking import lock_case
from cases.protocols import DecidedCase, SecondLookCase
from cases.reviewers import require_another_person, require_reviewer
from core.constraints import at_most
from core.errors import Refusal
from core.history import record_history
from core.sweeps import sweep_rows
from core.transitions import check_length, move
from trainers.models import Trainer

LONGEST_TEXT = 4000
LONGEST_REASON = 2000
TRIED_FOR = timedelta(days=1)
REFUSED = "{why} Undo it, then decide again."
FAULT = (
    "A fault of the software stopped it ({kind}). It is tried again for one day. "
    "You can also undo it. Tell whoever runs the portal."
)
IN_EFFECT = "This decision has taken effect, so it cannot be taken back."
NOT_THEIRS = "Only the person who decided, or a lead, can take it back."
Decision = TypeVar("Decision", bound="PendingDecision")


class PendingDecisionQuerySet(models.QuerySet[Decision]):
    """Queries for one model of decision."""

    def pending(self) -> Self:
        return self.filter(state=PendingDecision.State.PENDING)

    def conclusions(self) -> Self:
        """Return the decisions that took effect, without verdicts that are mere steps, such as a question."""
        return self.filter(state=PendingDecision.State.RELEASED).exclude(verdict__in=self.model.STEPS)

    def due(self, at: datetime) -> Self:
        """Return the pending decisions to release at `at`, the oldest first.

        Those that wait for a person are left out, and those that have failed for more than a day.
        """
        tried = Q(stuck_at__isnull=True) | Q(stuck_at__gt=at - TRIED_FOR, awaits_person=False)
        return self.pending().filter(tried, effective_at__lte=at).order_by("effective_at", "pk")


class PendingDecision(models.Model):
    """The common fields of decisions about cases. Until `effective_at` a decision can be taken
    back; then it takes effect.

    A subclass adds its verdicts and a foreign key to the case; `CASE` is the name of that field.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Can be taken back"
        RELEASED = "released", "In effect"
        TAKEN_BACK = "taken_back", "Taken back"

    TRANSITIONS: ClassVar[dict[str, set[str]]] = {
        State.PENDING: {State.RELEASED, State.TAKEN_BACK},
        State.RELEASED: set(),
        State.TAKEN_BACK: set(),
    }
    OPEN = ("pending",)
    OUT_OF_ORDER = "A decision that is “{state}” cannot be {verb}."
    CASE: ClassVar[str]
    STEPS: ClassVar[tuple[str, ...]] = ()  # verdicts that do not end a case, such as a question

    verdict: Any  # each app has its own
    get_verdict_display: Callable[[], str]  # Django adds it with the field
    words = models.TextField(blank=True, help_text="Shown to the person.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    effective_at = models.DateTimeField(help_text="It takes effect from then on.")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    ended_at = models.DateTimeField(null=True)
    stuck_at = models.DateTimeField(null=True, help_text="Since when something stops it from taking effect.")
    stuck_reason = models.TextField(
        blank=True, help_text="What stopped it the last time. Only staff read it."
    )
    awaits_person = models.BooleanField(
        default=False, help_text="It was refused, so it is not tried again: undo it, then decide again."
    )

    class Meta:
        abstract = True
        ordering = ("decided_at", "pk")
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (  # a subclass adds its own
            models.CheckConstraint(
                condition=Q(state="pending", ended_at__isnull=True)
                | (~Q(state="pending") & Q(ended_at__isnull=False)),
                name="%(app_label)s_%(class)s_one_end",
            ),
            at_most("words", LONGEST_TEXT),
            at_most("stuck_reason", LONGEST_REASON),
        )
        indexes = (
            models.Index(
                fields=["effective_at"],
                condition=Q(state="pending"),
                name="%(app_label)s_%(class)s_pending",
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(state="released"),
                name="%(app_label)s_%(class)s_released",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.get_state_display().lower()}"

    @property
    def concludes(self) -> bool:
        """Return whether the decision took effect and is no mere step, such as a question to the trainer."""
        return self.state == self.State.RELEASED and self.verdict not in self.STEPS

    @property
    def case(self) -> DecidedCase:
        """Return the petition, audit or application that the decision is about."""
        case: DecidedCase = getattr(self, self.CASE)
        return case


def pending_decision(case: DecidedCase) -> Any | None:
    """Return the pending decision about a case, with its author; None when there is none."""
    return case.decisions.pending().select_related("by").first()


def last_decision(case: DecidedCase) -> Any | None:
    """Return the newest decision that took effect and was no mere step, with its author; None when
    there is none.
    """
    return case.decisions.conclusions().select_related("by").order_by("-pk").first()


def same_decision(before: Decision, verdict: str, by: Trainer) -> Decision:
    """Return the pending decision `before` when `by` has now made the same decision again.

    Raises Refusal, with the author of `before`, when the person or the verdict is another, and when
    the release of `before` has failed.
    """
    if before.by_id == by.pk and before.verdict == verdict:
        if before.stuck_at:
            raise Refusal(f"This could not take effect. {before.stuck_reason}", code="stuck")
        return before
    who = "You have" if before.by_id == by.pk else f"{before.by.name} has"
    raise Refusal(f"{who} decided this already. Take that decision back first.", code="decided")


def require_nothing_pending(case: DecidedCase) -> None:
    """Raise Refusal while a decision about the case is pending; the sentence names its author."""
    pending = pending_decision(case)
    if pending:
        sentence = f"{pending.by.name} has decided this already. The decision can still be taken back."
        raise Refusal(sentence, code="pending")


def require_second_look(case: SecondLookCase, by: Trainer) -> None:
    """Raise Refusal when `by` made the decision that the trainer asked another person to review."""
    if case.another_look_at and case.decisions.conclusions().filter(by=by).exists():
        require_another_person(by.pk, by, "You decided this before. Another look is for somebody else.")


def check_reason_code(reasons: type[models.TextChoices], code: str) -> None:
    """Raise Refusal unless `code` is empty or one of these `reasons` of a decision."""
    if code and code not in reasons.values:
        raise Refusal("Choose a reason.", code="reason", field="reason_code")


def make_pending(decision: Decision, *, minutes: int, note: str = "") -> Decision:
    """Save a new decision that takes effect after `minutes`, with its history, which keeps `note`.

    A database constraint allows one pending decision for each case: when another was saved first,
    raises Refusal with its author. Also raises Refusal for words of more than 4,000 characters.
    """
    check_length(decision.words, field="words", longest=LONGEST_TEXT)
    decision.effective_at = decision.decided_at + timedelta(minutes=minutes)
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError:
        first = pending_decision(decision.case)
        if first is None:
            raise
        raise Refusal(f"{first.by.name} has decided this already.", code="decided") from None
    trainer, by, at = decision.case.trainer, decision.by, decision.decided_at
    change = ("", decision.state)
    record_history(decision, "decided", trainer=trainer, by=by, at=at, change=change, reason=note)
    return decision


def take_back_decision(decision: Decision, *, by: Trainer, at: datetime) -> Decision:
    """Take back a pending decision; also after its release was due, as long as it is not released.
    Idempotent.

    Raises Refusal once it is released, and for a person who is neither its author nor a lead. When
    its author's account is deactivated, any reviewer may take it back.
    """
    with transaction.atomic():
        case, decision = _lock_decision(decision)
        require_reviewer(case, by)
        if decision.state == PendingDecision.State.TAKEN_BACK:
            return decision
        if decision.state == PendingDecision.State.RELEASED:
            raise Refusal(IN_EFFECT, code="too_late")
        if by.pk != decision.by_id and decision.by.is_active and not by.has_perm(case.LEAD):
            raise Refusal(NOT_THEIRS, code="not_allowed")
        return _end(decision, case, by=by, at=at)


def drop_pending_decision(case: DecidedCase, *, by: Trainer | None, at: datetime, reason: str) -> None:
    """Take back the pending decision, if there is one, because the case ends in another way. The
    caller locks the case.
    """
    pending = pending_decision(case)
    if pending:
        _end(pending, case, by=by, at=at, reason=reason)


def release_decision(
    decision: Decision, take_effect: Callable[[Any, Decision], None], *, at: datetime
) -> Decision:
    """Release a pending decision and run `take_effect(case, decision)` in one transaction.
    Idempotent.

    A decision that waits for a person is returned unchanged. Raises Refusal before the decision is
    due, and any exception of `take_effect`.
    """
    with transaction.atomic():
        case, decision = _lock_decision(decision)
        if decision.state != PendingDecision.State.PENDING or decision.awaits_person:
            return decision
        if at < decision.effective_at:
            raise Refusal("This decision can still be taken back.", code="too_early")
        decision.stuck_at, decision.stuck_reason = None, ""
        state = PendingDecision.State.RELEASED
        move(decision, state, "released", trainer=case.trainer, by=decision.by, at=at)
        take_effect(case, decision)
        return decision


def release_due_decisions(
    due: "models.QuerySet[Decision]", release: Callable[..., Decision], *, at: datetime
) -> int:
    """Release each decision of `due`; return how many were released.

    An exception is written on the decision that raised it, and the others are still released.
    """
    return sweep_rows(
        due, lambda one: release(one, at=at), failed=lambda one, error: record_stuck(one, error, at=at)
    )


def record_stuck(decision: PendingDecision, error: Exception, *, at: datetime) -> None:
    """Write on a pending decision why its release failed, for staff; add history the first time.

    After a Refusal the decision waits for a person.
    """
    refused = isinstance(error, Refusal)
    why = REFUSED.format(why=error) if refused else FAULT.format(kind=type(error).__name__)
    with transaction.atomic():
        case, decision = _lock_decision(decision)
        if decision.state != PendingDecision.State.PENDING:
            return
        before, reason = decision.stuck_at, why[:LONGEST_REASON]
        decision.stuck_at, decision.stuck_reason, decision.awaits_person = before or at, reason, refused
        decision.save(update_fields=["stuck_at", "stuck_reason", "awaits_person"])
        if before is None:
            verb = "could not take effect"
            record_history(decision, verb, trainer=case.trainer, by=None, at=at, reason=reason)


def _lock_decision(decision: Decision) -> tuple[DecidedCase, Decision]:
    """Return the case and the decision, read again under lock."""
    case = lock_case(decision.case)
    rows = type(decision)._default_manager.select_for_update(of=("self",)).select_related("by")
    locked: Decision = rows.get(pk=decision.pk)
    setattr(locked, locked.CASE, case)
    return case, locked


def _end(
    decision: Decision, case: DecidedCase, *, by: Trainer | None, at: datetime, reason: str = ""
) -> Decision:
    state = PendingDecision.State.TAKEN_BACK
    return move(decision, state, "taken back", trainer=case.trainer, by=by, at=at, reason=reason)
