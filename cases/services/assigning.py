"""Assign cases to staff. Nobody is assigned their own case, nor one of a trainer whom they know."""

from datetime import datetime

from django.db import transaction

from cases.decisions import pending_decision, require_second_look
from cases.desk import case_models, lost_assignments
from cases.locking import credential_of_case, lock_case, lock_credential
from cases.models import Assignment, CaseModel, Conflict
from cases.protocols import DecidedCase, may_have_second_look
from cases.reviewers import require_reviewer
from core.errors import Refusal
from core.history import record_history, subject_of
from trainers.models import Trainer

LEFT = "They do not decide about such cases any more."


def assign_case(
    case: DecidedCase, *, to: Trainer, by: Trainer, at: datetime, instead_of: Trainer | None = None
) -> Assignment:
    """Assign a case to one of the staff, and return the assignment. Idempotent.

    `instead_of` is the assignee that `by` saw on the page. Raises Refusal when somebody else is
    assigned now, and when `to` may not decide about the case, is its trainer or knows its trainer.
    """
    with transaction.atomic():
        case = lock_case(case)
        require_reviewer(case, by)
        check_may_have(case, to)
        return _assign(case, to, by=by, at=at, instead_of=instead_of)


def take_case(
    case: DecidedCase, *, by: Trainer, at: datetime, instead_of: Trainer | None = None
) -> Assignment:
    """Assign a case to `by`, who calls this. Refuses what `assign_case` refuses."""
    return assign_case(case, to=by, by=by, at=at, instead_of=instead_of)


def unassign_case(case: DecidedCase, *, by: Trainer, at: datetime, instead_of: Trainer | None) -> None:
    """End the assignment of a case. Idempotent. Raises Refusal when somebody other than
    `instead_of` is assigned.
    """
    with transaction.atomic():
        case = lock_case(case)
        require_reviewer(case, by)
        standing = _standing_assignment(case)
        if standing is None:
            return
        _check_unchanged(standing, instead_of)
        end_assignment(standing, by=by, at=at)


def hand_on_case(case: DecidedCase, *, to: Trainer | None, by: Trainer, at: datetime) -> Assignment | None:
    """Record that `by` knows the trainer of the case, and assign the case to `to`, or to nobody
    when `to` is None. Idempotent.

    `by` loses every case of this trainer and never gets another. Raises Refusal while a decision by
    `by` about the case is pending.
    """
    with transaction.atomic():
        case = lock_case(case)
        require_reviewer(case, by, even_if_known=True)
        trainer = credential_of_case(case).trainer
        pending = pending_decision(case)
        if pending and pending.by_id == by.pk:
            sentence = "You have decided about this case. Undo that first, then hand it on."
            raise Refusal(sentence, code="pending")
        _keep_away(trainer, by=by, at=at)
        if to is None:
            return None
        check_may_have(case, to)
        return _assign(case, to, by=by, at=at, instead_of=None)


def record_conflict(trainer: Trainer, *, by: Trainer, at: datetime) -> Conflict:
    """Record that `by` knows a trainer, and return the conflict of interest. Idempotent. `by` loses
    every case of this trainer and never gets another.

    Raises Refusal for oneself, for somebody who decides about no cases, and while a decision by
    `by` about a case of this trainer is pending.
    """
    with transaction.atomic():
        for pk in trainer.credentials.order_by("pk").values_list("pk", flat=True):
            lock_credential(pk)
        if by.pk == trainer.pk:
            raise Refusal("Somebody else decides about your own cases anyway.", code="own_case")
        models = case_models()
        if not any(by.has_perm(model.DECIDE) for model in models):
            raise Refusal("You decide about no cases, so nothing comes to you.", code="not_allowed")
        _check_nothing_pending_of(by, trainer, [one for one in models if hasattr(one, "decisions")])
        return _keep_away(trainer, by=by, at=at)


def end_lost_assignment(assignment: Assignment, *, at: datetime) -> Assignment:
    """End the assignment of a colleague who has left or may no longer decide. Idempotent."""
    with transaction.atomic():
        lost = lost_assignments().select_for_update(of=("self",)).filter(pk=assignment.pk).first()
        if lost is None:
            return assignment
        end_assignment(lost, by=None, at=at, reason=LEFT)
        return lost


def check_may_have(case: DecidedCase, person: Trainer) -> None:
    """Raise Refusal, at the field "to", when `person` may not decide about this case."""
    try:
        require_reviewer(case, person)
        if may_have_second_look(case):
            require_second_look(case, person)
    except Refusal as refusal:
        raise Refusal(_why_not(refusal, person), code=refusal.code, field="to") from None
    if not (person.is_active and person.is_staff):
        raise Refusal(f"{person.name} does not work here any more.", code="left", field="to")


def end_assignment(assignment: Assignment, *, by: Trainer | None, at: datetime, reason: str = "") -> None:
    """End an assignment that has not ended, and write that into the history. The caller has locked
    the case.
    """
    assignment.ended_at = at
    assignment.save(update_fields=["ended_at"])
    _record(assignment, "unassigned", by=by, at=at, reason=reason)


def _assign(
    case: DecidedCase, to: Trainer, *, by: Trainer, at: datetime, instead_of: Trainer | None
) -> Assignment:
    standing = _standing_assignment(case)
    if standing and standing.assignee_id == to.pk:
        return standing
    if standing:
        _check_unchanged(standing, instead_of)
        end_assignment(standing, by=by, at=at)
    trainer = credential_of_case(case).trainer
    made = Assignment.objects.create(subject=subject_of(case), trainer=trainer, assignee=to, by=by, at=at)
    _record(made, "assigned", by=by, at=at)
    return made


def _standing_assignment(case: DecidedCase) -> Assignment | None:
    found = Assignment.objects.standing().filter(subject=subject_of(case)).select_related("assignee")
    return found.first()


def _check_unchanged(standing: Assignment, instead_of: Trainer | None) -> None:
    """Raise Refusal when the present assignee is not `instead_of`, whom the person saw on the page."""
    is_lost = lost_assignments().filter(pk=standing.pk).exists()  # colleagues who have left do not count
    if not is_lost and (instead_of is None or instead_of.pk != standing.assignee_id):
        raise Refusal(f"{standing.assignee.name} has taken this case by now.", code="taken")


def _check_nothing_pending_of(by: Trainer, trainer: Trainer, models: list[type[CaseModel]]) -> None:
    pending = {"decisions__state": "pending", "decisions__by": by}  # each model has its own decisions
    for model in models:
        theirs = model._default_manager.filter(**{f"{model.CREDENTIAL}__trainer": trainer})
        if theirs.filter(**pending).exists():
            sentence = f"You have decided about a {model.CASE_NAME} of theirs. Undo that first."
            raise Refusal(sentence, code="pending")


def _keep_away(trainer: Trainer, *, by: Trainer, at: datetime) -> Conflict:
    """Record once that `by` knows the trainer, and end all assignments of this trainer's cases to `by`."""
    conflict, is_new = Conflict.objects.get_or_create(colleague=by, trainer=trainer, defaults={"at": at})
    if is_new:
        record_history(conflict, "known", trainer=trainer, by=by, at=at)
    for theirs in Assignment.objects.standing().filter(assignee=by, trainer=trainer).order_by("pk"):
        end_assignment(theirs, by=by, at=at)
    return conflict


def _record(assignment: Assignment, verb: str, *, by: Trainer | None, at: datetime, reason: str = "") -> None:
    detail = {"case": assignment.subject, "to": assignment.assignee_id}
    record_history(assignment, verb, trainer=assignment.trainer, by=by, at=at, reason=reason, detail=detail)


def _why_not(refusal: Refusal, person: Trainer) -> str:
    """Return why `person` cannot be assigned, worded for the colleague who wants to assign them."""
    return {
        "not_allowed": f"{person.name} may not decide about this case.",
        "own_case": f"This is {person.name}'s own case.",
        "knows": f"{person.name} knows this person.",
        "same_person": f"{person.name} decided this before. Another look is for somebody else.",
    }.get(refusal.code, str(refusal))
