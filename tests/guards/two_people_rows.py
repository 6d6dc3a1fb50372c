"""What the database refuses about changes that take two people, and about corrections of records."""

from types import SimpleNamespace

from tests.guards.changes import Illegal, change, change_each, copy, remove


def two_people_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [
        change("cases_proposal_steps", s.taken_back, state="waiting", ended_at=None),
        *change_each(
            "cases_proposal_fixed",
            s.proposal,
            kind="reopen",
            subject="trainers.credential:1",
            trainer=s.stranger,
            answers={"on": "2027-01-01"},
            reason="Another.",
            by=s.second_lead,
            at=s.later,
        ),
        *change_each("cases_proposal_agreed_once", s.agreed, agreed_by=s.reviewer, agreed_at=s.later),
        remove("cases_proposal_kept", s.proposal),
        change("cases_revoked_by_two", s.credential, state="revoked"),
        change("renewals_reopened_by_two", s.denied_renewal, state="in_review", ended_at=None),
        copy("cases_proposal_one_open", s.proposal),
        copy("cases_proposal_two_people", s.agreed, subject="x:1", agreed_by=s.lead),
        copy("cases_proposal_two_people", s.agreed, subject="x:1", agreed_by=s.jordan),
        copy("cases_proposal_two_people", s.proposal, subject="x:1", by=s.jordan),
        copy("cases_proposal_agreed", s.taken_back, agreed_by=s.second_lead),
        copy("cases_proposal_one_end", s.taken_back, ended_at=None),
        copy("cases_proposal_why", s.taken_back, reason=""),
        copy("cases_proposal_subject_length", s.taken_back, subject="x" * 81),
        copy("cases_proposal_reason_length", s.taken_back, reason="x" * 2001),
        *_drafts(s),
        *_corrections(s),
        *_addresses(s),
    ]


def _drafts(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("cases_policydraft_steps", s.policy_withdrawn, state="draft", ended_at=None),
        *change_each(
            "cases_policydraft_fixed",
            s.policy_draft,
            policy_code="ncsf",
            first_day="2031-01-01",
            changes=[["fees", "late", "1.00"]],
            why="Another.",
            by=s.second_lead,
            at=s.later,
        ),
        *change_each(
            "cases_policydraft_approved_once", s.policy_approved, approved_by=s.reviewer, approved_at=s.later
        ),
        remove("cases_policydraft_kept", s.policy_draft),
        copy("cases_policydraft_one_a_day", s.policy_draft),
        copy("cases_policydraft_two_people", s.policy_approved, first_day="2031-01-01", approved_by=s.lead),
        copy("cases_policydraft_approval", s.policy_withdrawn, approved_by=s.second_lead),
        copy("cases_policydraft_approved", s.policy_draft, first_day="2031-01-01", state="approved"),
        copy("cases_policydraft_one_end", s.policy_withdrawn, ended_at=None),
        copy("cases_policydraft_why", s.policy_withdrawn, why=""),
        copy("cases_policydraft_policy_code_length", s.policy_withdrawn, policy_code="x" * 41),
        copy("cases_policydraft_why_length", s.policy_withdrawn, why="x" * 2001),
    ]


def _corrections(s: SimpleNamespace) -> list[Illegal]:
    other = s.stranger.credentials.get()
    return [
        change("ceus_correction_no_update", s.correction, reason="Another."),
        remove("ceus_correction_no_delete", s.correction),
        copy("ceus_correction_true", s.correction, hundredths_before=50),
        copy("ceus_correction_true", s.correction, record=s.card),
        *change_each("ceus_ceurecord_corrected", s.record, credential=other, course=None),
        copy("ceus_correction_why", s.correction, reason=""),
        copy("ceus_correction_hundredths", s.correction, hundredths_after=10_001),
        copy("ceus_correction_changes", s.correction, hundredths_after=40),
        copy("ceus_correction_title_before_length", s.correction, title_before="x" * 161),
        copy("ceus_correction_title_after_length", s.correction, title_after="x" * 161),
        copy("ceus_correction_reason_length", s.correction, reason="x" * 2001),
        copy("ceus_correction_hundredths_before_check", s.correction, hundredths_before=-1),
        copy("ceus_correction_hundredths_after_check", s.correction, hundredths_after=-1),
        copy("ceus_correction_takes_back_id_key", s.takes_back, takes_back=s.correction),
    ]


def _addresses(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("trainers_emailchange_steps", s.email_dropped, state="waiting", ended_at=None),
        *change_each(
            "trainers_emailchange_fixed",
            s.email_change,
            trainer=s.stranger,
            before="x@example.org",
            after="x@example.org",
            reason="Another.",
            by=s.second_lead,
            asked_at=s.later,
        ),
        remove("trainers_emailchange_kept", s.email_change),
        copy("trainers_emailchange_one_waiting", s.email_change),
        copy("trainers_emailchange_one_end", s.email_dropped, ended_at=None),
        copy("trainers_emailchange_before_length", s.email_dropped, before="x" * 255),
        copy("trainers_emailchange_after_length", s.email_dropped, after="x" * 255),
        copy("trainers_emailchange_reason_length", s.email_dropped, reason="x" * 2001),
    ]
