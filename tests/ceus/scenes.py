"""What people type into the forms of CEU records, and the day on which they do."""

from datetime import UTC, date, datetime

from ceus.models import CatalogueChange, Course
from ceus.services import change_listing
from ceus.touched import ListingChange, mark_of, touched_records

AT = datetime(2026, 6, 1, 19, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def a_day(name: str, text: str) -> dict[str, str]:
    """`text`, such as 5/3/2026, in the three boxes of the field `name`."""
    return dict(zip((f"{name}_month", f"{name}_day", f"{name}_year"), text.rsplit("/", 2), strict=True))


def ceus_from(course: Course, day: str, hundredths: int) -> ListingChange:
    stored = Course.objects.get(pk=course.pk)
    return ListingChange(
        stored, stored.approved_days, ceus_from=date.fromisoformat(day), hundredths=hundredths
    )


def save(change: ListingChange, *, by, **answers) -> CatalogueChange:
    row = type(change.row).objects.get(pk=change.row.pk)
    row.approved_from, row.approved_through = change.approved.first, change.approved.last
    if change.hundredths:
        row.hundredths = change.hundredths
    answers.setdefault("mark", mark_of(change, touched_records(change)))
    return change_listing(row, change=change, by=by, at=AT, today=TODAY, **answers)
