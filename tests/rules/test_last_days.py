"""The last days to correct a renewal (Q25), to ask for another look (Q26), and for an audit (S13, Q18)."""

from datetime import date

import pytest

from rules.last_days import (
    audit_due_on,
    clock_begins_on,
    correction_days_left,
    correction_through,
    last_day_to_look_again,
)


@pytest.mark.parametrize(("spent", "left"), [(0, 30), (1, 29), (26, 4), (27, 3), (28, 3), (30, 3), (45, 3)])
def test_a_returned_renewal_has_the_rest_of_30_correction_days_but_at_least_3(spent, left):
    assert correction_days_left(30, spent, 3) == left


@pytest.mark.parametrize(("spent", "through"), [(0, "2027-04-01"), (10, "2027-03-22"), (40, "2027-03-05")])
def test_correction_days_are_counted_from_the_day_after_the_return(spent, through):
    assert correction_through(date(2027, 3, 2), 30, spent, 3) == date.fromisoformat(through)


@pytest.mark.parametrize(
    ("told_on", "through"),
    [
        ("2027-03-02", "2027-04-01"),
        ("2027-03-04", "2027-04-03"),
        ("2027-03-05", "2027-04-04"),
        ("2027-03-09", "2027-04-04"),
        (None, "2027-04-04"),
    ],
)
def test_reconsideration_can_be_requested_for_30_days_after_the_mail_which_counts_as_sent_by_day_3(
    told_on, through
):
    told = date.fromisoformat(told_on) if told_on else None
    assert last_day_to_look_again(date(2027, 3, 2), told, 3, 30) == date.fromisoformat(through)


@pytest.mark.parametrize(
    ("notified_on", "due_on"),
    [
        (date(2026, 2, 7), date(2026, 3, 9)),
        (date(2026, 10, 15), date(2026, 11, 14)),
        (date(2028, 1, 30), date(2028, 2, 29)),
    ],
)
def test_audit_days_are_calendar_days_in_every_month(notified_on, due_on):
    assert audit_due_on(notified_on, 30) == due_on


@pytest.mark.parametrize(
    ("told_on", "today", "begins"),
    [
        (None, date(2027, 1, 4), None),
        (None, date(2027, 1, 6), None),
        (None, date(2027, 1, 7), date(2027, 1, 7)),
        (None, date(2027, 1, 20), date(2027, 1, 7)),
        (date(2027, 1, 4), date(2027, 1, 4), date(2027, 1, 4)),
        (date(2027, 1, 6), date(2027, 1, 6), date(2027, 1, 6)),
        (date(2027, 1, 9), date(2027, 1, 9), date(2027, 1, 7)),
        (date(2027, 1, 3), date(2027, 1, 4), date(2027, 1, 4)),
    ],
)
def test_audit_days_start_when_the_mail_is_accepted_but_at_the_latest_on_the_third_day(
    told_on, today, begins
):
    assert clock_begins_on(date(2027, 1, 4), told_on=told_on, today=today, latest_days=3) == begins
