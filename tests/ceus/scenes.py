"""What people type into the forms of CEU records, and the day on which they do."""

from datetime import UTC, date, datetime

AT = datetime(2026, 6, 1, 19, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def a_day(name: str, text: str) -> dict[str, str]:
    """`text`, such as 5/3/2026, in the three boxes of the field `name`."""
    return dict(zip((f"{name}_month", f"{name}_day", f"{name}_year"), text.rsplit("/", 2), strict=True))
