"""Logging, changing and removing records through the services (Q10, Q11, Q23, I13)."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from ceus import services
from ceus.models import CeuRecord
from ceus.services import reject_record
from ceus.standing import standing_for
from core.errors import Refusal
from core.history import subject_of
from core.models import HistoryEntry
from documents.models import Document
from tests import factories
from tests.ceus.scenes import AT, TODAY
from trainers.models import Cycle


@pytest.fixture
def credential(jordan):
    return jordan.credentials.get()


def log(credential, course, certificate=None, completed_on=date(2026, 5, 3), by=None):
    return services.log_course(
        credential,
        course=course,
        completed_on=completed_on,
        certificate=certificate,
        by=by or credential.trainer,
        at=AT,
        today=TODAY,
    )


def log_card(credential, a_file, *, valid_through=date(2028, 5, 3), front=None, back=None):
    return services.log_card(
        credential,
        completed_on=date(2026, 5, 3),
        valid_through=valid_through,
        front=front or a_file(),
        back=back or a_file(),
        by=credential.trainer,
        at=AT,
        today=TODAY,
    )


def verbs(record: CeuRecord) -> list[str]:
    """Return the verbs of the record's history, in order."""
    entries = HistoryEntry.objects.filter(subject=subject_of(record)).order_by("pk")
    return list(entries.values_list("verb", flat=True))


def test_a_course_with_its_certificate_counts_at_once(credential, a_file):
    record = log(credential, factories.CourseFactory(hundredths=40), a_file())
    assert record.state == "accepted"
    assert standing_for(Cycle.objects.get(), today=TODAY).total.counted == 40


def test_a_course_without_its_certificate_waits_and_does_not_count(credential):
    record = log(credential, factories.CourseFactory(hundredths=40))
    assert record.state == "pending"
    assert standing_for(Cycle.objects.get(), today=TODAY).total.counted == 0


def test_a_record_counts_once_its_certificate_is_added(credential, a_file):
    record = log(credential, factories.CourseFactory(hundredths=40))
    changed = services.change_record(
        record,
        completed_on=record.completed_on,
        files={"certificate": a_file()},
        by=credential.trainer,
        at=AT,
        today=TODAY,
    )
    assert changed.state == "accepted"


def test_logging_the_same_completion_twice_leaves_one_record(credential, a_file):
    course, file = factories.CourseFactory(), a_file()
    first, second, third = (
        log(credential, course, file),
        log(credential, course, file),
        log(credential, course),
    )
    assert first.pk == second.pk == third.pk
    assert CeuRecord.objects.count() == 1
    assert verbs(first) == ["logged", "file added", "accepted"]


def test_after_a_rejection_the_same_completion_can_be_logged_again_once(credential, a_file):
    course, file = factories.CourseFactory(), a_file()
    rejected = log(credential, course, a_file())
    with transaction.atomic():
        reject_record(rejected, by=None, at=AT, reason="It names another person.")
    again = log(credential, course, file)
    assert log(credential, course, file).pk == again.pk != rejected.pk
    assert [one.state for one in CeuRecord.objects.order_by("pk")] == ["rejected", "accepted"]


def test_another_certificate_for_a_complete_record_is_refused_with_a_sentence(credential, a_file):
    course = factories.CourseFactory()
    log(credential, course, a_file())
    with pytest.raises(Refusal, match="Open it in My courses to change it"):
        log(credential, course, a_file())


def test_logging_a_course_again_with_the_missing_certificate_adds_it(credential, a_file):
    course = factories.CourseFactory()
    log(credential, course)
    assert log(credential, course, a_file()).state == "accepted"


@pytest.mark.parametrize(
    ("approved_from", "approved_through", "refused"),
    [
        ("2026-05-02", None, False),
        ("2026-05-03", None, False),
        ("2026-05-04", None, True),
        ("2020-01-01", "2026-05-02", True),
        ("2020-01-01", "2026-05-03", False),
        ("2020-01-01", "2026-05-04", False),
    ],
)
def test_a_course_is_accepted_only_if_it_was_approved_on_the_completion_date(
    credential, approved_from, approved_through, refused
):
    course = factories.CourseFactory(
        approved_from=date.fromisoformat(approved_from),
        approved_through=date.fromisoformat(approved_through) if approved_through else None,
    )
    if refused:
        with pytest.raises(Refusal, match="was not on our list on May 3, 2026"):
            log(credential, course)
    else:
        log(credential, course)
    assert CeuRecord.objects.count() == (0 if refused else 1)


def test_a_course_is_refused_if_its_provider_was_not_approved_on_the_completion_date(credential):
    provider = factories.ProviderFactory(approved_through=date(2026, 5, 2))
    with pytest.raises(Refusal, match="was not on our list on May 3, 2026"):
        log(credential, factories.CourseFactory(provider=provider))


@pytest.mark.parametrize(
    ("day", "refused"), [("2026-05-31", False), ("2026-06-01", False), ("2026-06-02", True)]
)
def test_a_completion_date_in_the_future_is_refused(credential, day, refused):
    course = factories.CourseFactory()
    if refused:
        with pytest.raises(Refusal, match="cannot be in the future"):
            log(credential, course, completed_on=date.fromisoformat(day))
    else:
        assert log(credential, course, completed_on=date.fromisoformat(day)).pk


@pytest.mark.parametrize(
    ("zone", "moment", "day", "refused"),
    [
        # Noon of June 1 in Phoenix is already June 2 in Auckland; its first hour is still May 31 in Honolulu.
        ("Pacific/Auckland", "2026-06-01T19:00:00+00:00", "2026-06-02", False),
        ("Pacific/Auckland", "2026-06-01T19:00:00+00:00", "2026-06-03", True),
        ("America/Phoenix", "2026-06-01T19:00:00+00:00", "2026-06-02", True),
        ("Pacific/Honolulu", "2026-06-01T08:00:00+00:00", "2026-06-01", False),
        ("Pacific/Honolulu", "2026-06-01T08:00:00+00:00", "2026-06-02", True),
    ],
)
def test_a_completion_date_that_is_today_in_the_trainers_time_zone_is_accepted(
    credential, a_file, zone, moment, day, refused
):
    credential.trainer.time_zone = zone
    completed_on, course = date.fromisoformat(day), factories.CourseFactory()
    when = {"by": credential.trainer, "at": datetime.fromisoformat(moment), "today": TODAY}

    def log_both() -> None:
        services.log_course(credential, course=course, completed_on=completed_on, certificate=None, **when)
        card = {"valid_through": date(2028, 5, 3), "front": a_file(), "back": a_file()}
        services.log_card(credential, completed_on=completed_on, **card, **when)

    if refused:
        with pytest.raises(Refusal, match="cannot be in the future"):
            log_both()
    else:
        log_both()
        assert CeuRecord.objects.filter(completed_on=completed_on).count() == 2


def test_another_trainer_cannot_log_a_course_for_jordan(credential, stranger):
    with pytest.raises(Refusal, match="Only the person whom it is about"):
        log(credential, factories.CourseFactory(), by=stranger)


def test_a_card_with_both_sides_counts_0_1_ceu(credential, a_file):
    record = log_card(credential, a_file)
    assert (record.state, record.hundredths, record.category) == ("accepted", 10, "cpr_aed")
    assert standing_for(Cycle.objects.get(), today=TODAY).requirement("cpr_aed").met


def test_a_card_that_ended_before_it_began_is_refused(credential, a_file):
    with pytest.raises(Refusal, match="before the day you finished"):
        log_card(credential, a_file, valid_through=date(2026, 5, 2))


@pytest.mark.parametrize(("days_after", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_completion_before_the_credential_was_awarded_is_refused(credential, days_after, refused):
    day = credential.awarded_on + timedelta(days=days_after)
    course = factories.CourseFactory()
    if refused:
        with pytest.raises(Refusal, match="first certified on March 14, 2021. Enter that day or a later"):
            log(credential, course, completed_on=day)
    else:
        assert log(credential, course, completed_on=day).completed_on == day


def test_a_card_logged_again_makes_no_second_record_and_with_other_details_is_refused(credential, a_file):
    front, back = a_file(), a_file()
    first = log_card(credential, a_file, front=front, back=back)
    assert log_card(credential, a_file, front=front, back=back).pk == first.pk
    with pytest.raises(Refusal, match="already logged this with that date"):
        log_card(credential, a_file, front=front, back=back, valid_through=date(2028, 6, 3))
    with pytest.raises(Refusal, match="already logged this with that date"):
        log_card(credential, a_file, front=front, back=a_file())
    first.refresh_from_db()
    assert first.valid_through == date(2028, 5, 3)


def test_a_cpr_course_cannot_be_logged_as_an_ordinary_course(credential, a_file):
    course = factories.CourseFactory(category="cpr_aed")
    with pytest.raises(Refusal, match="Add this as a card"):
        log(credential, course, a_file())


def test_a_removed_record_can_be_logged_again(credential):
    course = factories.CourseFactory()
    first = log(credential, course)
    services.remove_record(first, by=credential.trainer, at=AT)
    services.remove_record(first, by=credential.trainer, at=AT)
    assert log(credential, course).pk != first.pk
    assert HistoryEntry.objects.filter(verb="removed").count() == 1


def test_a_claimed_record_can_be_neither_changed_nor_removed(credential, a_file):
    record = log(credential, factories.CourseFactory(), a_file())
    CeuRecord.objects.update(claimed_for=Cycle.objects.get())
    with pytest.raises(Refusal, match="part of a renewal"):
        services.remove_record(record, by=credential.trainer, at=AT)
    with pytest.raises(Refusal, match="part of a renewal"):
        services.change_record(
            record, completed_on=date(2026, 4, 1), by=credential.trainer, at=AT, today=TODAY
        )
    record.refresh_from_db()
    assert (record.state, record.completed_on) == ("accepted", date(2026, 5, 3))


def test_changing_a_record_to_the_date_of_a_duplicate_is_refused(credential):
    course = factories.CourseFactory()
    log(credential, course, completed_on=date(2026, 4, 1))
    record = log(credential, course)
    with pytest.raises(Refusal, match="already logged this"):
        services.change_record(
            record, completed_on=date(2026, 4, 1), by=credential.trainer, at=AT, today=TODAY
        )


def test_replacing_the_file_of_a_record_keeps_the_old_file_stored(credential, a_file):
    record, other = log(credential, factories.CourseFactory(), a_file()), a_file()
    for _ in range(2):
        services.change_record(
            record,
            completed_on=record.completed_on,
            files={"certificate": other},
            by=credential.trainer,
            at=AT,
            today=TODAY,
        )
    assert verbs(record)[3:] == ["file replaced"]
    assert record.evidence.count() == 2
    assert record.evidence.filter(replaced_at__isnull=True).count() == 1
    assert Document.objects.count() == 2


def test_claiming_records_for_a_cycle_is_all_or_nothing_and_can_be_reversed(credential):
    mine = factories.CeuRecordFactory(credential=credential)
    other = factories.CeuRecordFactory(credential=factories.CycleFactory().credential)
    cycle = credential.cycles.get()
    with pytest.raises(Refusal, match="changed meanwhile"):
        services.claim_records(cycle, ids=[mine.pk, other.pk], by=None, at=AT)
    assert services.claim_records(cycle, ids=[mine.pk], by=None, at=AT) == 1
    assert services.claim_records(cycle, ids=[mine.pk], by=None, at=AT) == 0
    assert services.release_records(cycle, by=None, at=AT) == 1
    mine.refresh_from_db()
    assert mine.claimed_for is None
