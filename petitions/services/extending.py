"""Petitions register the last day to answer a question with hardship, so that a lead can move it
later (Q34).
"""

from collections.abc import Iterator
from datetime import date, datetime

from cases.locking import lock_case
from hardship.models import Relief
from hardship.periods import Period, register_periods
from petitions.models import Petition
from petitions.services.questions import move_last_day
from trainers.models import Cycle, Trainer

ANSWER = Relief.What.ANSWER


@register_periods
def answers_to_questions(cycle: Cycle, today: date) -> Iterator[Period]:
    """Yield the last day to answer each open question about this credential's petitions, unless
    that day has passed.
    """
    asked = Petition.objects.filter(credential=cycle.credential_id, state=Petition.State.QUESTION)
    for one in asked.prefetch_related("questions").order_by("pk"):
        if one.question_through and one.question_through >= today:
            yield Period(ANSWER, one.reference, ANSWER.label, one.question_through, extend_answer)


def extend_answer(relief: Relief, by: Trainer, at: datetime) -> None:
    """Move the last day to answer to the day of a granted relief."""
    found = Petition.objects.get(credential=relief.cycle.credential_id, reference=relief.case_ref)
    move_last_day(lock_case(found), through=relief.last_day, by=by, at=at, reason=relief.words)
