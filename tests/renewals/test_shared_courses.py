"""A renewal of one of two certifications with a course that was logged for the other one: returned,
corrected, reopened, and counted by the day on which the course was reported.
"""

from datetime import date

import pytest

from ceus.models import CeuRecord
from ceus.services.changes import remove_record
from core.models import HistoryEntry
from renewals import services
from renewals.attestation import attestation_for
from renewals.models import Application
from renewals.services.audited import has_removed_records
from renewals.standing import claimed_standing
from tests import factories
from tests.audits.scenes import open_periods
from tests.renewals import decided, scenes
from tests.renewals.scenes import moment
from trainers.models import Cycle

BY_HAND = 'values = { auto_approve = { value = false, text = "Staff approve." } }\n'


def submit(cycle: Cycle, day: str = "2026-06-18") -> Application:
    agreed = attestation_for(cycle.policy.version_on(date.fromisoformat(day))).version
    return services.submit_application(
        cycle, by=cycle.credential.trainer, at=moment(day), attestation_version=agreed
    )


@pytest.fixture
def shared(two, stranger, clock_at) -> Application:
    """The renewal of the second certification, in review, with a course that was logged for the first;
    a stranger has a course of her own.
    """
    clock_at("2026-06-18")
    first, second = two("shared", BY_HAND)
    factories.CeuRecordFactory(credential=first.credential, hundredths=200)
    factories.CeuRecordFactory(credential=stranger.credentials.get(), hundredths=200)
    return scenes.pay(submit(second), "2026-06-18")


def claimed(application: Application) -> list[CeuRecord]:
    return list(CeuRecord.objects.filter(claimed_for=application.cycle).order_by("pk"))


def test_a_returned_renewal_with_a_shared_course_is_corrected_with_its_record_as_it_is(shared, twice, lead):
    (copy,) = claimed(shared)
    returned = decided.return_application(shared, by=lead, at=moment("2026-06-19"), reason="Look again.")
    corrected = services.correct_application(returned, by=twice, at=moment("2026-06-20"))
    assert corrected.state == "in_review"
    assert claimed(corrected) == [copy]
    assert not HistoryEntry.objects.filter(verb="records released").exists()


def test_a_shared_course_that_we_release_is_not_one_that_the_trainer_removed(shared, twice, lead):
    denied = decided.deny_application(shared, by=lead, at=moment("2026-06-19"), reason="Not enough.")
    assert HistoryEntry.objects.filter(verb="removed").count() == 1  # ours, of the shared course
    assert not has_removed_records(denied)
    (logged,) = CeuRecord.objects.present().filter(credential__trainer=twice)
    remove_record(logged, by=twice, at=moment("2026-06-20"))
    assert has_removed_records(denied)


def test_a_correction_with_a_course_of_its_own_releases_the_shared_one(shared, twice, lead):
    (copy,) = claimed(shared)
    returned = decided.return_application(shared, by=lead, at=moment("2026-06-19"), reason="Look again.")
    CeuRecord.objects.filter(pk=copy.pk).update(state="rejected")
    own = factories.CeuRecordFactory(credential=copy.credential, hundredths=200)
    corrected = services.correct_application(returned, by=twice, at=moment("2026-06-20"))
    assert claimed(corrected) == [own]
    copy.refresh_from_db()
    assert (copy.state, copy.claimed_for) == ("rejected", None)


def test_a_reopened_renewal_gets_a_record_of_the_shared_course_again(shared, lead):
    denied = decided.deny_application(shared, by=lead, at=moment("2026-06-19"), reason="Not yours.")
    assert claimed(denied) == []
    reopened = decided.reopen_application(denied, by=lead, at=moment("2026-06-20"), reason="It was yours.")
    (again,) = claimed(reopened)
    assert (again.state, again.shared_from.credential.number) == ("accepted", "11934482")
    assert claimed_standing(reopened).eligible


REPORTED = (
    'reporting = { days = 60, text = "Report each course within {value}." }\ntopics = ["law"]\n'
    'limits = [{ code = "law", label = "Law", over = { topics = ["law"] }, minimum = { value = "1.0" } }]\n'
)


@pytest.fixture
def described(two, clock_at) -> tuple[CeuRecord, Cycle]:
    """A course about law of April 2, 2026, reported on the last of its 60 days, and the other certification."""
    clock_at("2026-06-18")
    first, second = two("shared", REPORTED)
    record = factories.CeuRecordFactory(
        credential=first.credential,
        course=None,
        granted=True,
        hundredths=200,
        completed_on=date(2026, 4, 2),
        logged_at=moment("2026-06-01"),
        logged_by=first.credential.trainer,
        provider_code="northside",
        topics="law",
        format="live",
    )
    return record, second


def test_the_record_of_a_shared_course_keeps_how_it_was_described_and_when_it_was_reported(described, twice):
    record, second = described
    application = submit(second)
    (copy,) = claimed(application)
    assert (copy.provider_code, copy.topics, copy.format) == ("northside", "law", "live")
    assert (copy.logged_at, copy.logged_by) == (moment("2026-06-01"), twice)
    assert claimed_standing(application).eligible


def test_a_renewal_with_a_shared_course_that_was_reported_in_time_is_approved_once_it_is_paid(described):
    open_periods(policy_code="body")
    assert scenes.pay(submit(described[1]), "2026-06-18").state == "approved"
