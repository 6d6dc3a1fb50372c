"""Versions of the rules with other figures: one lead drafts, another approves, and they count from
their first day on.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from cases.models import PolicyDraft
from cases.models.policy_draft import LONGEST_WHY
from cases.policy_overlay import SOON, file_text, policy_in, reread_policies, text_with, texts_with
from cases.policy_text import first_days
from cases.reviewers import require_another_person
from core import clock
from core.errors import Refusal
from core.history import record_history
from core.transitions import check_words, move
from rules.days import day_in_words
from rules.policy.load import load_policy
from rules.policy.model import Policy
from rules.policy.parse import PolicyError
from trainers.models import Cycle, Trainer

State = PolicyDraft.State
LEADS = "trainers.suspend_credential"
NO_CHANGE = "Change a figure."
TOO_EARLY = "Choose a day after today and after the newest version’s."
TAKEN = "Another draft begins on this day. Withdraw it, or choose another day."
BEGUN = "These figures count already, or within minutes. Draft another version."
TOO_LATE = "Its first day has come, or comes within minutes. Draft it again with a later one."
LENGTH_FIXED = "A cycle that begins on {day} is open already, and its length stays. Choose a later first day."
BUILT_UPON = "Figures from {day} were approved on top of these. Withdraw those first."
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

    Raises Refusal for the person who drafted it, once its first day has come or comes within minutes,
    and when the file has changed so that it no longer fits.
    """
    _require_lead(by)
    require_another_person(draft.by_id, by, OWN)
    with transaction.atomic():
        draft = _lock(draft)
        if draft.state == State.APPROVED:
            return draft
        if draft.first_day <= _day_soon(draft, today, at):
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
    """Withdraw a draft, approved or not, before its first day. Idempotent.

    Raises Refusal once it is in force or will be within minutes, and while a later version is approved:
    that one was checked and shown on top of this one.
    """
    _require_lead(by)
    with transaction.atomic():
        draft = _lock(draft)
        if draft.state == State.WITHDRAWN:
            return draft
        if draft.is_in_force_on(_day_soon(draft, today, at)):
            raise Refusal(BEGUN, code="in_force")
        if draft.state == State.APPROVED:
            _require_newest(draft)
        words = check_words(reason, field="reason", what="the reason", longest=LONGEST_WHY)
        draft = move(draft, State.WITHDRAWN, "withdrawn", trainer=None, by=by, at=at, reason=words)
    reread_policies()
    return draft


def _require_lead(by: Trainer | None) -> None:
    if by is None or not by.has_perm(LEADS):
        raise Refusal("Only a lead may do this.", code="not_allowed")


def _lock(draft: PolicyDraft) -> PolicyDraft:
    """Return the draft as it is now. All open drafts of its policy are locked: each is checked together
    with the others, so only one at a time is approved or withdrawn.
    """
    of_policy = PolicyDraft.objects.filter(policy_code=draft.policy_code, state__in=PolicyDraft.OPEN)
    list(of_policy.order_by("pk").select_for_update().values_list("pk", flat=True))
    return PolicyDraft.objects.select_related("by").get(pk=draft.pk)


def _day_soon(draft: PolicyDraft, today: date, at: datetime) -> date:
    """Return the day that it will be when every process has read the change, in the policy's zone."""
    try:
        zone = load_policy(draft.policy_code).time_zone
    except PolicyError:
        return today
    return max(today, clock.date_of(at + SOON, zone))


def _require_newest(draft: PolicyDraft) -> None:
    later = PolicyDraft.objects.approved().filter(
        policy_code=draft.policy_code, first_day__gt=draft.first_day
    )
    if found := later.order_by("first_day").first():
        raise Refusal(BUILT_UPON.format(day=day_in_words(found.first_day)), code="built_upon")


def _check_text(draft: PolicyDraft, *, today: date) -> None:
    """Raise Refusal unless the draft's version can be added to the file and to the versions that
    were approved before.
    """
    approved = PolicyDraft.objects.approved().filter(policy_code=draft.policy_code).exclude(pk=draft.pk)
    try:
        before = texts_with(list(approved)).get(draft.policy_code) or file_text(draft.policy_code)
        if draft.first_day <= max(today, *first_days(before)):
            raise Refusal(TOO_EARLY, code="past", field="first_day")
        drafted = policy_in(text_with(draft, before), draft.policy_code)
    except PolicyError as error:
        raise Refusal(" ".join(error.problems), code="invalid") from None
    _check_lengths(draft, drafted)


def _check_lengths(draft: PolicyDraft, drafted: Policy) -> None:
    """Raise Refusal when the draft changes how long cycles are, and one that it would change is open:
    the last day of a cycle is promised to its owner.
    """
    before, after = [one for one in drafted.versions if one.in_force_from <= draft.first_day][-2:]
    if (before.cycle_months, before.families.ends) == (after.cycle_months, after.families.ends):
        return
    code = draft.policy_code
    followed = Q(policy_code=code) | Q(policy_code="", credential__policy_code=code)
    open_ones = Cycle.objects.filter(followed, starts_on__gte=draft.first_day)
    if latest := open_ones.order_by("-starts_on").first():
        words = LENGTH_FIXED.format(day=day_in_words(latest.starts_on))
        raise Refusal(words, code="length_fixed", field="first_day")
