"""What the review page of a petition shows: how much time is left, and everything that a decision
needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from cases.listing import pending_until
from cases.reviewers import may_review
from ceus.standing import facts_for, with_hoped
from core.deadlines import clock_time
from core.policy_words import portal_holder
from petitions.fees import fee_went_back
from petitions.models import Decision, Petition, PetitionDocument, Question
from petitions.screening import AutomaticCheck, checks_by_petition
from petitions.standing import facts_if_approved
from rules.days import business_days_until
from rules.standing import assess
from rules.units import count_of
from staff.evidence import Evidence, evidence_for
from staff.mattering import WhyItMatters, why_it_matters
from staff.petitions.actions import files_of
from staff.precedents import Precedent, petition_precedents
from trainers.models import Trainer

State = Petition.State
READ_ONCE: "tuple[str | Prefetch[Any], ...]" = (  # what the page, its checks and its mail read
    *("charge__sessions", "charge__ledger", "charge__disputes", "credential__cycles"),
    Prefetch("evidence", PetitionDocument.objects.select_related("document")),
    Prefetch("decisions", Decision.objects.select_related("by")),
    Prefetch("questions", Question.objects.select_related("asked_by")),
)


@dataclass(frozen=True)
class PetitionReview:
    """Everything that a reviewer needs for a decision about one petition."""

    evidence: Evidence
    checks: list[AutomaticCheck]
    why: WhyItMatters | None  # None while there is nothing that could count
    precedents: list[Precedent]
    questions: list[Question]
    decisions: list[Decision]
    pending: Decision | None
    stuck: str  # why the pending decision could not take effect, once its moment has come
    fee_went_back: bool
    left: str
    may_open_files: bool
    may_decide: bool
    is_own: bool
    decided_before: bool  # decided by this reader, so that somebody else must make the second review

    @property
    def passed(self) -> int:
        """Return how many of the automatic checks the petition passed."""
        return sum(check.passed for check in self.checks)

    @property
    def passes_all_checks(self) -> bool:
        """Return whether every automatic check passes and the petition's fee was not returned."""
        return self.passed == len(self.checks) and not self.fee_went_back


def petition_review(
    petition: Petition, reader: Trainer, today: date, asked: Mapping[str, str]
) -> PetitionReview:
    """Return what `reader` needs for a decision, with the evidence that the query `asked` names.

    `petition` comes from `with_decisions` and `noting_asked_before`.
    """
    petition.credential.trainer = petition.trainer
    prefetch_related_objects([petition], *READ_ONCE)
    decisions = list(petition.decisions.all())
    pending = _pending_decision(decisions)
    own = petition.trainer_id == reader.pk
    before = bool(petition.another_look_at) and any(
        one.by_id == reader.pk and one.concludes for one in decisions
    )
    waits = petition.state in Petition.WITH_US and pending is None
    return PetitionReview(
        evidence=evidence_for(files_of(petition), reader, asked),
        checks=checks_by_petition([petition])[petition.pk],
        why=_why_it_matters(petition, today),
        precedents=petition_precedents(petition),
        questions=list(petition.questions.all()),
        decisions=decisions,
        pending=pending,
        stuck=pending.stuck_reason if pending else "",
        fee_went_back=fee_went_back(petition),
        left=time_left(petition, today),
        may_open_files=reader.has_perm("documents.view_document"),
        may_decide=waits and not before and may_review(petition, reader),
        is_own=own,
        decided_before=before and waits,
    )


def _why_it_matters(petition: Petition, today: date) -> WhyItMatters | None:
    """Return what an approval would change for the trainer, counting their records and this
    petition but no other petition.
    """
    if petition.state not in Petition.WITH_US or not petition.completed_on:
        return None
    policy = petition.credential.policy
    facts = facts_for(max(petition.credential.cycles.all(), key=lambda one: one.starts_on))
    now = assess(facts, today, policy)
    after = assess(with_hoped(facts, facts_if_approved([petition])), today, policy)
    return why_it_matters(now, after, policy, petition.trainer.get_short_name())


def time_left(petition: Petition, today: date) -> str:
    """Return what the petition waits for, or the time left, such as "3 business days left", "due
    today" or "waits for the trainer".

    `petition` comes from `with_decisions`.
    """
    pending = pending_until(petition)
    if pending:
        return f"decided, pending until {clock_time(pending, petition.credential.policy.time_zone)}"
    if petition.state == State.QUESTION:
        return f"waits for the {portal_holder().singular}"
    due = petition.answer_due_on
    if due is None:
        return ""
    if today > due:
        late = -business_days_until(due, today)
        return f"{_business_days(late)} late" if late else "late since the weekend"
    left = business_days_until(due, today)
    return f"{_business_days(left)} left" if left else "due today"


def _business_days(number: int) -> str:
    return count_of(number, "business day")


def _pending_decision(decisions: "list[Decision]") -> Decision | None:
    return next((one for one in decisions if one.state == Decision.State.PENDING), None)
