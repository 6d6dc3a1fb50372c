"""Rows of what two people do, for the stage of the guards."""

from types import SimpleNamespace

from cases.models import PolicyDraft, Proposal
from ceus.models import Correction
from ceus.models.corrections import FACTS
from core.models import Merge
from tests.cast import colleague
from tests.factories import TrainerFactory
from tests.guards.stage_audits import AT
from trainers.models import EmailChange, FactorReset, Invitation


def add_proposals(stage: SimpleNamespace) -> None:
    """Add a proposal that waits, one that is agreed, and one that was taken back."""
    stage.second_lead = colleague("second_lead")
    about = {"kind": "revoke", "trainer": stage.jordan, "reason": "Fraud.", "by": stage.lead, "at": AT}
    about["answers"] = {"on": "2027-03-02"}
    stage.proposal = Proposal.objects.create(**about, subject="trainers.credential:900")
    stage.agreed = Proposal.objects.create(
        **about,
        subject="trainers.credential:901",
        state="agreed",
        agreed_by=stage.second_lead,
        agreed_at=AT,
    )
    stage.taken_back = Proposal.objects.create(
        **about, subject="trainers.credential:902", state="dropped", ended_at=AT
    )
    _add_merge(stage)
    _add_drafts(stage)


def _add_drafts(stage: SimpleNamespace) -> None:
    about = {"policy_code": "nasm-cpt", "changes": [["fees", "late", "35.00"]], "why": "Why.", "at": AT}
    by = {**about, "by": stage.lead}
    stage.policy_draft = PolicyDraft.objects.create(**by, first_day="2027-07-01")
    stage.policy_approved = PolicyDraft.objects.create(
        **by, first_day="2028-07-01", state="approved", approved_by=stage.second_lead, approved_at=AT
    )
    stage.policy_withdrawn = PolicyDraft.objects.create(
        **by, first_day="2029-07-01", state="withdrawn", ended_at=AT
    )


def add_correction(stage: SimpleNamespace) -> None:
    """Add a correction of a record that nobody claims: it is written, and not yet done."""
    record = stage.record
    facts = {f"{name}_{side}": getattr(record, name) for name in FACTS for side in ("before", "after")}
    about = {"record": record, "reason": "Why.", "by": stage.lead, "at": AT}
    stage.correction = Correction.objects.create(**{**facts, **about, "hundredths_after": 35})
    stage.takes_back = Correction.objects.create(
        **{**facts, **about, "hundredths_after": 36}, takes_back=stage.correction
    )


def _add_merge(stage: SimpleNamespace) -> None:
    """Add an account that became part of Jordan's, and three merges that were agreed to and not carried out."""
    stage.merged, stage.same, stage.third = (TrainerFactory(is_active=False) for _ in range(3))
    stage.fourth = TrainerFactory()
    agreed = (
        (stage.merged, stage.jordan),
        (stage.same, stage.same),
        (stage.third, stage.merged),
        (stage.fourth, stage.jordan),
    )
    for going, staying in agreed:
        Proposal.objects.create(
            kind="merge",
            subject=f"trainers.trainer:{going.pk}",
            trainer=staying,
            reason="One person.",
            by=stage.lead,
            at=AT,
            state="agreed",
            agreed_by=stage.second_lead,
            agreed_at=AT,
        )
    stage.merge = Merge.objects.create(going=stage.merged, staying=stage.jordan, email="j@example.org", at=AT)


def add_email_changes(stage: SimpleNamespace) -> None:
    """Add a change of address that waits, and one that was taken back."""
    asked = {"trainer": stage.jordan, "before": "a@example.org", "after": "b@example.org", "reason": "Why."}
    asked |= {"by": stage.lead, "asked_at": AT}
    stage.email_change = EmailChange.objects.create(**asked)
    stage.email_dropped = EmailChange.objects.create(**asked, state="dropped", ended_at=AT)


def add_colleagues(stage: SimpleNamespace) -> None:
    """Add an invitation and a reset that wait, one of each that has ended, and the only superuser."""
    offer = {"role": "reviewer", "by": stage.lead, "sent_at": AT, "link_ends_at": stage.later}
    asked = {"asked_by": stage.lead, "asked_at": AT}
    stage.root = colleague("root")
    stage.invitation = Invitation.objects.create(person=stage.jordan, **offer)
    stage.withdrawn_invitation = Invitation.objects.create(
        person=stage.jordan, **offer, state="withdrawn", ended_at=AT
    )
    stage.reset = FactorReset.objects.create(person=stage.reviewer, **asked)
    stage.dropped_reset = FactorReset.objects.create(
        person=stage.reviewer, **asked, state="dropped", ended_at=AT
    )
