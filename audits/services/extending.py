"""Register with the package hardship that a lead may move the last day for the documents of an
audit later (Q18, Q34).
"""

from collections.abc import Iterator
from datetime import date, datetime

from audits.models import WITH_TRAINER, Audit
from audits.services.timing import give_time
from cases.locking import lock_case
from hardship.extendable_days import ExtendableDay, register_extendable_days
from hardship.models import Relief
from trainers.models import Cycle, Trainer

ANSWER = Relief.What.ANSWER


@register_extendable_days
def answers_to_audits(cycle: Cycle, today: date) -> Iterator[ExtendableDay]:
    """Yield the last day for the documents of the cycle's audit, while the audit waits for its
    trainer and that day has not passed.
    """
    for one in Audit.objects.filter(cycle=cycle, state__in=WITH_TRAINER, due_on__gte=today):
        yield ExtendableDay(ANSWER, one.reference, ANSWER.label, one.last_day, extend_documents)


def extend_documents(relief: Relief, by: Trainer, at: datetime) -> None:
    """Move the last day for documents to the day that a granted relief gives, which may be further
    ahead than staff may otherwise allow.
    """
    audit = lock_case(Audit.objects.get(cycle=relief.cycle_id, reference=relief.case_ref))
    give_time(audit, through=relief.last_day, by=by, at=at, words=relief.words, latest=relief.last_day)
