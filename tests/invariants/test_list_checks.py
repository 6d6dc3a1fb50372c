"""The checks of what the list of courses changed (I17)."""

from datetime import UTC, date, datetime

import pytest

from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Course
from ceus.services import change_listing
from ceus.touched import ListingChange, mark_of, touched_records
from tests.cast import colleague
from tests.invariants.scenes import said
from trainers.models import Cycle

MARCH_2 = datetime(2027, 3, 2, 19, tzinfo=UTC)


@pytest.fixture
def changed(world, course) -> CeuRecord:
    """A record of the new cycle of 1.9 CEUs, which a lead let follow the list to 1.5."""
    record = CeuRecord.objects.create(
        credential=course.credential,
        course=course.course,
        category="education",
        title=course.title,
        completed_on=date(2027, 3, 1),
        hundredths=190,
        state="pending",
        logged_at=MARCH_2,
    )
    row = Course.objects.get()
    change = ListingChange(
        Course.objects.get(), row.approved_days, ceus_from=date(2027, 1, 1), hundredths=150
    )
    row.hundredths = 150
    mark = mark_of(change, touched_records(change))
    decided = {"reason": "The outline says so.", "records": "changed", "mark": mark}
    change_listing(row, change=change, by=colleague("lead"), at=MARCH_2, today=MARCH_2.date(), **decided)
    record.refresh_from_db()
    assert record.hundredths == 150
    return record


def test_i17_finds_nothing_after_a_lead_decided_a_retroactive_listing_change(changed, found):
    assert said(found(), 17) == []
    assert Cycle.objects.count() == 3


def test_i17_names_a_record_and_a_course_whose_ceus_differ_from_the_newest_listing_change(
    changed, found, unguarded
):
    unguarded()
    CeuRecord.objects.filter(pk=changed.pk).update(hundredths=190)
    Course.objects.update(hundredths=190)
    assert said(found(), 17) == [
        f"course {changed.course_id} gives 190 hundredths, and its newest change says 150",
        f"record {changed.pk} counts otherwise than the newest change of the list says",
    ]


def test_i17_names_a_record_changed_by_a_listing_change_that_keeps_records(changed, found, unguarded):
    unguarded()
    kept = CatalogueChange.objects.create(
        course=changed.course, records="kept", reason="The outline says so.", at=MARCH_2
    )
    AffectedRecord.objects.create(
        change=kept,
        record=changed,
        hundredths_before=190,
        hundredths_after=150,
        approved_before=True,
        approved_after=True,
    )
    assert said(found(), 17) == [
        f"record {changed.pk} was changed by {kept.pk}, which leaves records as they are"
    ]
