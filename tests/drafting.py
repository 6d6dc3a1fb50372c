"""Versions of the rules with other figures, drafted by one lead and approved by another."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from cases import policy_overlay
from cases.models import PolicyDraft
from cases.services.policy_drafts import approve_policy_draft, draft_policy_version, withdraw_policy_draft
from rules.policy.load import add_later_versions, load_policy
from tests.cast import colleague

AT = datetime(2027, 3, 2, 17, 0, tzinfo=UTC)
TODAY, FIRST_DAY = date(2027, 3, 2), date(2027, 7, 1)
DEARER = {("fees", "late"): "35.00"}
LATER_LAST_DAY = {("tiers", "additional", "before"): "E + 2 years"}


@pytest.fixture
def as_on_file() -> Iterator[None]:
    """Let every policy be as on file again after the test."""
    yield
    add_later_versions(None)
    policy_overlay._Known.drafts, policy_overlay._Known.read_at = (), None


def draft(by: str = "lead", **other: object) -> PolicyDraft:
    asked = {"first_day": FIRST_DAY, "changes": DEARER, "why": "The board decided.", "today": TODAY, "at": AT}
    return draft_policy_version(load_policy("nasm-cpt"), by=colleague(by), **{**asked, **other})


def approve(found: PolicyDraft, by: str = "second_lead", today: date = TODAY) -> PolicyDraft:
    return approve_policy_draft(found, today=today, by=colleague(by), at=AT)


def withdraw(found: PolicyDraft, today: date = TODAY) -> PolicyDraft:
    return withdraw_policy_draft(found, today=today, by=colleague("lead"), at=AT, reason="Too early.")


def late_fee_on(day: date) -> int:
    return load_policy("nasm-cpt").version_on(day).tier("late").fees[-1].amount_cents
