"""Permissions on a case: its trainer, reviewers of others' cases, a second person (invariant 14).

A model of case declares `CASE_NAME`, for sentences, and `DECIDE`, the permission to decide.
"""

from cases.locking import credential_of_case
from cases.protocols import ReviewedCase
from core.errors import Refusal
from trainers.models import Trainer


def require_owner(case: object, by: Trainer | None) -> None:
    """Raise Refusal unless `by` is the trainer of the case."""
    if by is None or by.pk != credential_of_case(case).trainer_id:
        raise Refusal("Only the trainer may do this.", code="not_allowed")


def require_reviewer(case: ReviewedCase, by: Trainer | None, permission: str = "") -> None:
    """Raise Refusal unless `by` has the permission, by default `DECIDE`, and the case is not their
    own.
    """
    name = case.CASE_NAME
    if by is None or not by.has_perm(permission or case.DECIDE):
        raise Refusal(f"You may not decide about {name}s.", code="not_allowed")
    if by.pk == credential_of_case(case).trainer_id:
        raise Refusal(f"Somebody else must decide about your own {name}.", code="own_case")


def require_another_person(first: int | None, by: Trainer, sentence: str) -> None:
    """Raise Refusal with `sentence` when `by` has the primary key `first`, of the person who acted
    first.
    """
    if first is not None and by.pk == first:
        raise Refusal(sentence, code="same_person")
