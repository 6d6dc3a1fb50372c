"""A report about somebody with two certifications that share credits: Harbor reports Balance for Runners,
May 3, 2026, for 1193 4482, and the renewal of 5512 0007 counts it, too.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction

from ceus.models import CeuRecord
from ceus.services.claims import claim_records, release_records
from providers.models import Completion
from providers.services.correcting import decide_completion_for_staff, withdraw_batch
from tests.factories import CeuRecordFactory
from tests.providers.scenes import AT, balance, broken, outcomes, report, row, with_history
from tests.reading import refused_with
from trainers.models import Credential, Cycle

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
STILL = "It is part of a renewal that was sent, so it stays. Keep it, or return that renewal first."


@pytest.fixture
def second(two, course, stranger) -> Cycle:
    """The cycle of 5512 0007, whose body shares credits."""
    cycle: Cycle = two("shared")[1]
    return cycle


def claim(cycle: Cycle) -> CeuRecord:
    """Let the renewal of this cycle claim the record of the other certification; return its copy."""
    record = CeuRecord.objects.get(credential__number="11934482", state="accepted")
    with transaction.atomic():
        claim_records(cycle, ids=[record.pk], by=cycle.credential.trainer, at=AT)
    return CeuRecord.objects.get(shared_from=record)


def states() -> list[str]:
    kept = CeuRecord.objects.filter(reported_by_provider=True) | CeuRecord.objects.filter(state="accepted")
    return [one.state for one in kept.order_by("pk")]


def test_a_withdrawn_report_that_the_renewal_of_another_certification_counts_goes_to_staff(
    second, reporter, registrar
):
    batch = report(row(), row(number="20000001", name="Sam Stranger", line=2))
    copy = claim(second)
    withdraw_batch(batch, by=reporter, at=LATER, reason="Wrong list.")
    mine, other = batch.completions.order_by("line")
    assert (mine.state, other.state, states()) == ("for_staff", "withdrawn", ["accepted", "accepted"])
    with refused_with(STILL, "claimed"):
        decide_completion_for_staff(mine, keep=False, by=registrar, at=LATER, reason="Not there.")
    with transaction.atomic():
        release_records(second, by=registrar, at=LATER)
    decide_completion_for_staff(mine, keep=False, by=registrar, at=LATER, reason="Not there.")
    copy.refresh_from_db()
    assert (copy.state, mine.record.state, broken()) == ("removed", "removed", [])


def test_a_report_that_differs_from_what_the_renewal_of_another_certification_counts_goes_to_staff(
    second, reporter
):
    credential = Credential.objects.get(number="11934482")
    record = with_history(
        CeuRecordFactory(credential=credential, course=balance(), completed_on=date(2026, 5, 3))
    )
    claim(second)
    batch = report(row(ceus="0.2"))
    record.refresh_from_db()
    assert (outcomes(batch), batch.completions.get().state, record.hundredths) == (["taken"], "for_staff", 40)


def test_a_sent_renewal_that_counts_a_report_taken_back_for_another_certification_is_found(second, reporter):
    report(row())
    copy = claim(second)
    assert broken() == []
    CeuRecord.objects.filter(pk=copy.shared_from_id).update(reported_by_provider=False)
    Completion.objects.update(state="withdrawn", state_at=LATER, reason="Wrong list.")
    found = (
        f"record {copy.pk} counts as reported, and the report of record {copy.shared_from_id} was taken back"
    )
    assert found in broken()
