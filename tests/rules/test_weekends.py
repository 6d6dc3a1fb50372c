"""Days of a policy that are counted in business days, or that move when they are on a weekend: Saturday, 31 January 2026,
and Sunday, 28 February 2027, move to the Monday after or to the Friday before.
"""

from datetime import date, timedelta

import pytest

from rules.days import DateOutOfRange, Offset, business_day_after
from rules.policy.offsets import parse_offset
from tests.rules.cases import ask
from tests.rules.making import made, problems_in

MOVED = "(the Monday after, when that is on a weekend)"


@pytest.mark.parametrize(
    ("text", "base", "day"),
    [
        ("E or next business day", date(2026, 1, 30), date(2026, 1, 30)),
        ("E or next business day", date(2026, 1, 31), date(2026, 2, 2)),
        ("E or next business day", date(2026, 2, 1), date(2026, 2, 2)),
        ("E or previous business day", date(2026, 1, 31), date(2026, 1, 30)),
        ("E or previous business day", date(2026, 2, 1), date(2026, 1, 30)),
        ("E or previous business day", date(2026, 2, 2), date(2026, 2, 2)),
        ("E + 1 month or next business day", date(2027, 1, 28), date(2027, 3, 1)),
        ("E + 1 month end or previous business day", date(2027, 1, 5), date(2027, 2, 26)),
        ("E + 3 business days", date(2026, 1, 28), date(2026, 2, 2)),
        ("E + 3 business days", date(2026, 1, 31), date(2026, 2, 4)),
        ("E - 3 business days", date(2026, 2, 4), date(2026, 1, 30)),
        ("E - 1 business day", date(2026, 2, 1), date(2026, 1, 30)),
        ("E + 0 business days", date(2026, 2, 1), date(2026, 2, 1)),
        ("E - 1 business day", date(2026, 2, 2), date(2026, 1, 30)),
    ],
)
def test_a_day_on_a_weekend_moves_and_a_business_day_is_counted_past_it(text, base, day):
    assert parse_offset(text).after(base) == day


def test_business_days_counted_at_once_are_those_counted_one_by_one():
    for start in (date(2026, 1, 26) + timedelta(days=number) for number in range(7)):
        forward = backward = start
        for count in range(1, 30):
            forward += timedelta(days={4: 3, 5: 2}.get(forward.weekday(), 1))
            backward -= timedelta(days={0: 3, 6: 2}.get(backward.weekday(), 1))
            assert business_day_after(start, count) == forward, (start, count)
            assert business_day_after(start, -count) == backward, (start, count)
    with pytest.raises(DateOutOfRange):
        business_day_after(date(9999, 12, 1), 99_999)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("E or next business day", f"the expiration date {MOVED}"),
        ("E + 90 days or next business day", f"90 days after the expiration date {MOVED}"),
        (
            "R - 1 month or previous business day",
            "1 month before the day of receipt (the Friday before, when that is on a weekend)",
        ),
        ("E + 10 business days", "10 business days after the expiration date"),
        ("E - 1 business day", "1 business day before the expiration date"),
    ],
)
def test_the_rules_page_says_that_a_day_moves(text, words):
    assert parse_offset(text, "ER").words() == words


@pytest.mark.parametrize(
    "text",
    ["E or business day", "E + 3 full business days", "E or next", "E + 3 days, or next business day", "or next business day"],
)  # fmt: skip
def test_a_move_that_is_written_in_another_way_is_no_day(text):
    assert parse_offset(text) is None


def test_which_days_are_uneven_is_known():
    even = ("S", "E + 90 days", "E + 3 months", "E + 1 full year")
    uneven = (
        "E or next business day",
        "E + 1 day or previous business day",
        "E + 1 business day",
        "E + 1 month end",
    )
    assert [parse_offset(one).is_uneven for one in even] == [False] * 4
    assert [parse_offset(one).is_uneven for one in uneven] == [True] * 4
    assert Offset("E", moves="next") != Offset("E")


WEEKENDS = """
tiers = [
    { code = "on_time", from = "E - 60 days", through = "E or next business day", status = "active" },
    { code = "late", after = "E or next business day", through = "E + 30 days or next business day" },
]
"""


@pytest.mark.parametrize(
    ("expires_on", "day", "tier", "status"),
    [
        ("2026-01-30", "2026-01-30", "on_time", "active"),
        ("2026-01-30", "2026-01-31", "late", "expired"),
        ("2026-01-31", "2026-02-02", "on_time", "active"),
        ("2026-01-31", "2026-02-03", "late", "expired"),
        ("2026-02-01", "2026-02-02", "on_time", "active"),
        ("2026-01-29", "2026-03-02", "late", "expired"),  # the thirtieth day is a Saturday
        ("2026-01-29", "2026-03-03", "closed", "terminated"),
    ],
)
def test_a_renewal_on_the_monday_after_a_weekend_is_in_time(expires_on, day, tier, status):
    question = {"as_of": day, "cycle": {"expires_on": expires_on}, "records": []}
    answer = ask(question, made(WEEKENDS))
    assert (answer["tier"], answer["status"]) == (tier, status)


def test_an_overlap_that_only_weekends_make_is_found_on_the_first_friday():
    wrong = """tiers = [
        { code = "on_time", from = "E - 60 days", through = "E + 1 business day" },
        { code = "late", after = "E + 1 day", through = "E + 30 days" },
    ]
    """
    said = "tiers[late] overlap: on_time and late both have the days from 2023-01-08 to 2023-01-09"
    assert f"{said} (when the cycle ends on E = 2023-01-06)." in problems_in(wrong)


def test_two_reminders_that_meet_on_a_business_day_are_refused():
    close = """[[versions.reminders.cycle]]
    code = "friday"
    on = "E - 14 days or previous business day"
    [[versions.reminders.cycle]]
    code = "saturday"
    on = "E - 13 days or previous business day"
    """
    said = "reminders.cycle[saturday]: 2022-12-23 is not later than 2022-12-23, the day of friday"
    assert problems_in(close) == [f"{said} (when the cycle ends on E = 2023-01-06)."]


def test_a_text_that_says_other_business_days_than_its_window_is_refused():
    act = 'acts = [{{ code = "appeal", after = "D", through = "D + 10 business days", text = "An appeal within {} business days." }}]\n'
    assert problems_in(act.format(10)) == []
    assert problems_in(act.format(12)) == ["acts[appeal].text: the text says 12, and the value is after the day of what it is about, through 10 business days after the day of what it is about."]  # fmt: skip
