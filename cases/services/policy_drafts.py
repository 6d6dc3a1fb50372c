"""Versions of the rules with other figures: one lead drafts, another approves, and they count from
their first day on.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from cases.models import PolicyDraft
from cases.models.policy_draft import LONGEST_WHY
from cases.policy_overlay import problems_of, reread_policies, texts_with
from cases.policy_text import draft_text, first_days
from cases.reviewers import require_another_person
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words, move
from rules.policy.load import policy_path
from rules.policy.model import Policy
from trainers.models import Trainer

State = PolicyDraft.State
LEADS = "trainers.suspend_credential"
NO_CHANGE = "Change a figure."
TOO_EARLY = "Choose a day after today and after the newest version’s."
TAKEN = "Another draft begins on this day. Withdraw it, or choose another day."
BEGUN = "These figures count already. Draft another version."
TOO_LATE = "Its first day has come. Draft it again with a later one."
OWN = "You drafted this, so somebody else must approve it."


def draft_policy_version(
    policy: Policy,
    *,
    first_day: date,
    changes: Mapping[tuple[str, ...], str],
    why: str,
    today: date,
    by: Trainer,
    at: datetime,
) -> PolicyDraft:
    """Store a version with other figures, which waits for a second person. When one person drafts
    the same twice, there is one draft.

    Raises Refusal when `by` may not, when nothing changes, when the day is not after `today` and
    after every other version, and for figures with which the file would be invalid.
    """
    _require_lead(by)
    reason = check_words(why, field="why", what="why the figures change", longest=LONGEST_WHY)
    rows = [[*place, value] for place, value in sorted(changes.items())]
    if not rows:
        raise Refusal(NO_CHANGE, code="unchanged")
    same = PolicyDraft.objects.filter(policy_code=policy.code, first_day=first_day).exclude(
        state=State.WITHDRAWN
    )
    if known := same.first():
        if (known.by_id, known.changes, known.state) == (by.pk, rows, State.DRAFT):
            return known
        raise Refusal(TAKEN, code="taken", field="first_day")
    draft = PolicyDraft(policy_code=policy.code, first_day=first_day, changes=rows, why=reason, by=by, at=at)
    _check_text(draft, today=today)
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            record_history(
                draft, "drafted", trainer=None, by=by, at=at, change=("", draft.state), reason=reason
            )
    except IntegrityError:
        raise Refusal(TAKEN, code="taken", field="first_day") from None
    return draft


def approve_policy_draft(draft: PolicyDraft, *, today: date, by: Trainer, at: datetime) -> PolicyDraft:
    """Approve a draft as the second person: it counts from its first day on. Idempotent.

    Raises Refusal for the person who drafted it, once its first day has come, and when the file has
    changed so that it no longer fits.
    """
    _require_lead(by)
    require_another_person(draft.by_id, by, OWN)
    with transaction.atomic():
        draft = _lock(draft)
        if draft.state == State.APPROVED:
            return draft
        if draft.first_day <= today:
            raise Refusal(TOO_LATE, code="past")
        if draft.state == State.DRAFT:
            _check_text(draft, today=today)
        draft.approved_by, draft.approved_at = by, at
        draft = move(draft, State.APPROVED, "approved", trainer=None, by=by, at=at)
    reread_policies()
    return draft


def withdraw_policy_draft(
    draft: PolicyDraft, *, today: date, by: Trainer, at: datetime, reason: str
) -> PolicyDraft:
    """Withdraw a draft, approved or not, before its first day. Idempotent. Raises Refusal once it
    is in force.
    """
    _require_lead(by)
    with transaction.atomic():
        draft = _lock(draft)
        if draft.state == State.WITHDRAWN:
            return draft
        if draft.is_in_force_on(today):
            raise Refusal(BEGUN, code="in_force")
        words = check_words(reason, field="reason", what="the reason", longest=LONGEST_WHY)
        draft = move(draft, State.WITHDRAWN, "withdrawn", trainer=None, by=by, at=at, reason=words)
    reread_policies()
    return draft


def _require_lead(by: Trainer | None) -> None:
    if by is None or not by.has_perm(LEADS):
        raise Refusal("Only a lead may do this.", code="not_allowed")


def _lock(draft: PolicyDraft) -> PolicyDraft:
    return PolicyDraft.objects.select_for_update(of=("self",)).select_related("by").get(pk=draft.pk)


def _check_text(draft: PolicyDraft, *, today: date) -> None:
    """Raise Refusal unless the draft's version can be added to the file and to the versions that
    were approved before.
    """
    path = policy_path(draft.policy_code)
    if path is None:
        raise Refusal("The policy has no file any more.", code="no_file")
    approved = PolicyDraft.objects.approved().filter(policy_code=draft.policy_code).exclude(pk=draft.pk)
    before = texts_with(list(approved)).get(draft.policy_code) or Path(path).read_text(encoding="utf-8")
    if draft.first_day <= max(today, *first_days(before)):
        raise Refusal(TOO_EARLY, code="past", field="first_day")
    problems = problems_of(
        draft_text(before, first_day=draft.first_day, changes=draft.figures()), draft.policy_code
    )
    if problems:
        raise Refusal(" ".join(problems), code="invalid")
