"""Invariants of providers' reports."""

from collections.abc import Iterator

from django.db.models import F, Q

from ceus.models import CeuRecord
from core.invariants import Check, forbidden_steps, states_unlike_history
from providers.models import Batch, Completion, CourseRequest, Decision, ProviderPerson


def _not_reported() -> Iterator[str]:
    """Yield standing completions whose record does not count as reported, or is another person's."""
    standing = Completion.objects.standing()
    other = Q(record__reported_by_provider=False) | ~Q(record__state=CeuRecord.State.ACCEPTED)
    for pk, record in standing.filter(other).order_by("pk").values_list("pk", "record").iterator():
        yield f"completion {pk} stands, and record {record} does not count as reported"
    theirs = standing.exclude(record__credential__trainer=F("credential__trainer"))
    for pk, record in theirs.order_by("pk").values_list("pk", "record").iterator():
        yield f"completion {pk} and record {record} are of two people"


def _miscounted() -> Iterator[str]:
    """Yield reports whose count of accepted rows is higher than their number of rows."""
    for batch in Batch.objects.filter(taken_count__gt=F("row_count")).order_by("pk"):
        yield f"report {batch.reference} says that more was taken than reported"


CHECKS = [
    Check(13, "A completion that stands is a record that counts", _not_reported),
    Check(13, "A report took no more than it holds", _miscounted),
    Check(11, "A role at a provider is as its history tells", lambda: states_unlike_history(ProviderPerson)),
    Check(11, "A report is in the state that its history tells", lambda: states_unlike_history(Batch)),
    Check(15, "A role at a provider takes only the steps there are", lambda: forbidden_steps(ProviderPerson)),
    Check(15, "A report takes only the steps that there are", lambda: forbidden_steps(Batch)),
    Check(
        11, "A request is in the state that its history tells", lambda: states_unlike_history(CourseRequest)
    ),
    Check(15, "A request takes only the steps that there are", lambda: forbidden_steps(CourseRequest)),
    Check(
        11,
        "A decision about a request is in the state that its history tells",
        lambda: states_unlike_history(Decision),
    ),
    Check(15, "A decision about a request takes only the steps there are", lambda: forbidden_steps(Decision)),
    Check(15, "A completion takes only the steps that there are", lambda: forbidden_steps(Completion)),
]
