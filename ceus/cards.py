"""The category of a policy in which a valid card is required: CPR and AED in the sample policy (S3, Q11)."""

from datetime import date

from core.policy_words import card_of
from rules.answers import Standing
from rules.policy.model import Category
from rules.reminders import last_day_marks, next_reminder_on
from trainers.models import Credential, Cycle


def card_category(credential: Credential, day: date) -> Category | None:
    """Return the category that requires a current card on `day`; None when the policy requires no card.

    Days before the first version of the policy follow that version.
    """
    policy = credential.policy
    return card_of(policy.version_on(day))


def remind_of_card_on(credential: Credential, valid_through: date, *, today: date) -> date | None:
    """Return the date of the first reminder after `today` that the card ends; None when no reminder
    is left.
    """
    return next_reminder_on(last_day_marks(credential.policy, "card", valid_through), after=today)


def is_card(category: str, credential: Credential, day: date) -> bool:
    """Return whether the policy version in force on `day` treats records of `category` as cards."""
    card = card_category(credential, day)
    return card is not None and card.code == category


def needed_from_courses(cycle: Cycle, standing: Standing) -> int:
    """Return how much is still missing from courses: everything that is missing, less what a card
    gives that is not logged yet.
    """
    card = card_category(cycle.credential, cycle.starts_on)
    asked = standing.requirement_or_none(card.code) if card else None
    from_card = asked.missing if asked else 0
    return max(0, standing.total.missing - from_card)
