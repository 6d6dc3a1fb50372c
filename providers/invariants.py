"""Invariants of providers' reports."""

from collections.abc import Iterator

from django.db.models import F, Q

from ceus.models import CeuRecord
from ceus.sharing import copies_in_open_renewals
from core.history import subject_of
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


def _used_after_it_was_taken_back() -> Iterator[str]:
    """Yield copies that a sent renewal of another certification counts as reported, although the
    report of the record that they are of was taken back.
    """
    copies = copies_in_open_renewals().filter(reported_by_provider=True)
    wrong = copies.filter(shared_from__reported_by_provider=False).order_by("pk")
    for pk, record in wrong.values_list("pk", "shared_from").iterator():
        yield f"record {pk} counts as reported, and the report of record {record} was taken back"


def _requests_before_their_fee() -> Iterator[str]:
    """Yield requests that staff could decide before their fee was paid, and unpaid requests without a charge."""
    read = [CourseRequest.State.SUBMITTED, CourseRequest.State.APPROVED, CourseRequest.State.DENIED]
    early = Q(state__in=read, charge__isnull=False) & ~Q(charge__state="paid")
    wrong = CourseRequest.objects.filter(early | Q(state="unpaid", charge=None))
    for reference in wrong.order_by("pk").values_list("reference", flat=True).iterator():
        yield f"request {reference} is read before its fee is paid, or waits for no charge"


def _charges_of_others() -> Iterator[str]:
    """Yield requests whose charge is about another row."""
    for one in CourseRequest.objects.exclude(charge=None).select_related("charge").order_by("pk").iterator():
        if one.charge and one.charge.subject != subject_of(one):
            yield f"request {one.reference} has the charge of {one.charge.subject}"


def _miscounted() -> Iterator[str]:
    """Yield reports whose count of accepted rows is higher than their number of rows."""
    for batch in Batch.objects.filter(taken_count__gt=F("row_count")).order_by("pk"):
        yield f"report {batch.reference} says that more was taken than reported"


CHECKS = [
    Check(6, "A provider's request is not read before its fee is paid", _requests_before_their_fee),
    Check(6, "A provider's request has its own charge", _charges_of_others),
    Check(13, "A completion that stands is a record that counts", _not_reported),
    Check(13, "A renewal counts no copy of a report that was taken back", _used_after_it_was_taken_back),
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
