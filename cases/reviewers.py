"""Who may act on a case: its trainer, reviewers of others' cases, a second person (invariant 14).

A model of case declares `CASE_NAME`, for sentences, and `DECIDE`, the permission to decide.
"""

from cases.locking import credential_of_case
from cases.models import Conflict
from cases.protocols import ReviewedCase
from core.errors import Refusal, refusal_of, require_self
from trainers.models import Trainer


def require_owner(case: object, by: Trainer | None) -> None:
    """Raise Refusal unless `by` is the trainer of the case."""
    require_self(by, credential_of_case(case).trainer_id)


def require_reviewer(
    case: ReviewedCase, by: Trainer | None, permission: str = "", *, even_if_known: bool = False
) -> None:
    """Raise Refusal unless `by` has the permission (by default `DECIDE`) and the case is not their
    own. Also raises Refusal when they have declared to know its trainer, unless `even_if_known`. What a
    provider asks for has no trainer.
    """
    name = case.CASE_NAME
    if by is None or not by.has_perm(permission or case.DECIDE):
        raise Refusal(f"You may not decide about {name}s.", code="not_allowed")
    if not getattr(case, "CREDENTIAL", "credential"):
        return
    trainer = credential_of_case(case).trainer_id
    if by.pk == trainer:
        raise Refusal(f"Somebody else must decide about your own {name}.", code="own_case")
    if not even_if_known and Conflict.objects.filter(colleague=by, trainer=trainer).exists():
        raise Refusal(f"You know this person, so somebody else decides about the {name}.", code="knows")


def may_review(case: ReviewedCase, by: Trainer) -> bool:
    """Return whether `require_reviewer` lets `by` decide: a page shows no button to somebody whose
    click would be refused.
    """
    return refusal_of(lambda: require_reviewer(case, by)) is None


def require_another_person(first: int | None, by: Trainer, sentence: str) -> None:
    """Raise Refusal with `sentence` when `by` is the person who acted first, whose primary key is
    `first`.
    """
    if first is not None and by.pk == first:
        raise Refusal(sentence, code="same_person")
