"""What a petition tells hardship: the last day to answer our question, which a lead can move later (Q34)."""

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
    """Yield the last day to answer each open question of this credential, until it has passed."""
    asked = Petition.objects.filter(credential=cycle.credential_id, state=Petition.State.QUESTION)
    for one in asked.prefetch_related("questions").order_by("pk"):
        if one.question_through and one.question_through >= today:
            yield Period(ANSWER, one.reference, ANSWER.label, one.question_through, extend_answer)


def extend_answer(relief: Relief, by: Trainer, at: datetime) -> None:
    """Move the last day to answer to that of a granted relief."""
    found = Petition.objects.get(credential=relief.cycle.credential_id, reference=relief.case_ref)
    move_last_day(lock_case(found), through=relief.last_day, by=by, at=at, reason=relief.words)
