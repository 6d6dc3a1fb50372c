"""Conditions of an extension and of a waiver. Each raises a Refusal with a sentence at its field
(Q34, Q35).
"""

from datetime import date

from core.errors import Refusal
from hardship.extendable_days import bare_standing, extendable_day_named, limit_of
from hardship.models import Relief
from rules.days import day_in_words
from trainers.models import Cycle, Trainer

PROPOSE, DECIDE, WAIVE = "hardship.propose_relief", "hardship.decide_relief", "hardship.waive_fee"
What = Relief.What


def check_latest(cycle: Cycle) -> None:
    """Raise Refusal unless the cycle is the latest one, and its holder still has a certification."""
    check_not_erased(cycle)
    if Cycle.objects.latest_of(cycle.credential).pk != cycle.pk:
        raise Refusal("This cycle was renewed already.", code="renewed")
    if cycle.is_for_life:
        raise Refusal("This certification is for life: no last day can be moved.", code="for_life")


def check_not_erased(cycle: Cycle) -> None:
    """Raise Refusal when the certification has ended because the person's data was erased."""
    if cycle.credential.state == cycle.credential.State.ERASED:
        raise Refusal("This certification has ended with its data.", code="erased")


def check_kind(kind: str) -> str:
    """Return the kind of reason, such as "illness". Raises Refusal for one that is not in the
    list.
    """
    if kind not in Relief.Kind.values:
        raise Refusal("Choose the reason.", code="kind", field="kind")
    return kind


def check_day(cycle: Cycle, *, what: str, case_ref: str, through: date | None, today: date) -> date:
    """Return `through` as the new last day: later than the present one, not in the past, and before
    the next cycle's end (Q34).

    Raises Refusal for any other day, and when the cycle or case has no such last day.
    """
    last_day = extendable_day_named(cycle, today, what, case_ref)
    if last_day is None:
        raise Refusal("There is no such last day to move now.", code="no_period", field="what")
    if through is None:
        raise Refusal("Enter the new last day.", code="no_day", field="through")
    if through <= last_day.on:
        sentence = f"The last day is {day_in_words(last_day.on)} now. Choose a later one."
        raise Refusal(sentence, code="not_later", field="through")
    if through < today:
        raise Refusal("This day has passed. Choose a later one.", code="passed", field="through")
    limit = limit_of(cycle)
    if through >= limit:
        sentence = f"Choose a day before {day_in_words(limit)}, when the next cycle ends."
        raise Refusal(sentence, code="too_far", field="through")
    if what == What.COMPLETION:
        _check_useful(cycle, through, today)
    return through


def _check_useful(cycle: Cycle, through: date, today: date) -> None:
    apply_by = bare_standing(cycle, today).dates.last_day_to_apply
    if through > apply_by:
        sentence = (
            f"The last day to apply is {day_in_words(apply_by)}, so a later course would not help. "
            "Choose an earlier day, or move the last day to apply too."
        )
        raise Refusal(sentence, code="not_useful", field="through")


def permission_to_propose(what: str) -> str:
    return WAIVE if what == What.FEE else PROPOSE


def permission_to_decide(what: str) -> str:
    return WAIVE if what == What.FEE else DECIDE


def check_decider(cycle: Cycle, by: Trainer | None, permission: str) -> None:
    """Raise Refusal unless `by` has the permission and the cycle is not their own."""
    if by is None or not by.has_perm(permission):
        raise Refusal("You may not decide about this.", code="not_allowed")
    if by.pk == cycle.credential.trainer_id:
        raise Refusal("Somebody else must decide about your own request.", code="own_case")
