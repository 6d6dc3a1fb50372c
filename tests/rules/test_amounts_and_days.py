"""Amounts as whole numbers, dates on the calendar, and how both are written for people."""

from datetime import date

import pytest

from rules.cycle import cycle_number, next_cycle, nth_cycle, period_ending
from rules.days import (
    Bounds,
    CyclePeriod,
    DateOutOfRange,
    Offset,
    add_days,
    add_months,
    add_years,
    day_in_words,
    due_on,
)
from rules.policy.load import load_policy
from rules.policy.offsets import parse_offset
from rules.units import (
    HUNDREDTHS,
    BadCeus,
    Unit,
    count_of,
    format_cents,
    format_number,
    money_in_words,
    number_in_words,
    parse_number,
)
from tests.rules.cases import policy_named


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0.0"),
        (1, "0.01"),
        (10, "0.1"),
        (25, "0.25"),
        (190, "1.9"),
        (200, "2.0"),
        (1234, "12.34"),
        (-150, "-1.5"),
    ],
)
def test_hundredths_of_a_ceu_are_formatted_with_one_or_two_decimals(amount: int, text: str):
    assert HUNDREDTHS.format(amount) == text


@pytest.mark.parametrize(
    ("text", "amount"), [("1.9", 190), ("0.01", 1), ("0.1", 10), ("2", 200), ("2.00", 200), ("02.5", 250)]
)
def test_a_typed_number_of_ceus_is_parsed_into_hundredths(text: str, amount: int):
    assert HUNDREDTHS.parse(text) == amount


@pytest.mark.parametrize("text", ["", "0", "0.0", "-1", "1.234", "one", "1,5", "٣"])
def test_text_that_is_not_a_plain_number_is_refused_as_ceus(text: str):
    with pytest.raises(BadCeus):
        HUNDREDTHS.parse(text)


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "0.00"), (5, "0.05"), (50, "0.50"), (9900, "99.00"), (12345, "123.45"), (-2500, "-25.00")],
)
def test_cents_are_formatted_as_dollars_with_two_decimals(cents: int, text: str):
    assert format_cents(cents) == text


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "$0"), (9900, "$99"), (9950, "$99.50"), (9905, "$99.05"), (-2500, "-$25")]
)
def test_whole_dollar_amounts_in_sentences_have_no_cents(cents: int, text: str):
    assert money_in_words(cents, "$") == text


def test_an_amount_in_words_uses_singular_or_plural():
    hours = Unit("hour", "hours", digits=1, shown_digits=0, step=5)
    assert [hours.words(amount) for amount in (5, 10, 15, 450)] == [
        "0.5 hours",
        "1 hour",
        "1.5 hours",
        "45 hours",
    ]
    points = Unit("point", "points", digits=0, shown_digits=0, step=1)
    assert [points.words(amount) for amount in (0, 1, 10, 100)] == [
        "0 points",
        "1 point",
        "10 points",
        "100 points",
    ]


@pytest.mark.parametrize(("unit", "sentence"), [
    (Unit("hour", "hours", digits=2, shown_digits=0, step=25), "Write hours in plain digits, such as 1, with at most 2 decimals."),
    (Unit("hour", "hours", digits=0, shown_digits=0, step=5), "Write hours in plain digits, such as 5, without decimals."),
    (Unit("hour", "hours", digits=1, shown_digits=1, step=3), "Write hours in plain digits, such as 0.9, with at most 1 decimals."),
])  # fmt: skip
def test_an_invalid_amount_is_refused_with_an_example_of_a_valid_one(unit: Unit, sentence: str):
    with pytest.raises(BadCeus) as caught:
        unit.parse("x")
    assert str(caught.value) == sentence
    assert unit.parse(sentence.split("such as ")[1].split(",")[0])


def test_without_a_policy_unit_amounts_are_named_ceus():
    assert (HUNDREDTHS.words(100), HUNDREDTHS.words(190)) == ("1.0 CEU", "1.9 CEUs")
    with pytest.raises(BadCeus, match=r"^CEUs must be more than 0\.$"):
        HUNDREDTHS.parse("0")


def test_contact_hours_are_computed_from_ceus_at_the_policys_rate():
    assert [load_policy().unit.hours(amount) for amount in (10, 25, 40, 200)] == ["1", "2.5", "4", "20"]
    assert policy_named("summit-guides").unit.hours(25) == "12.5"
    assert policy_named("harbor-massage").unit.hours(450) is None


def test_an_amount_with_too_many_digits_is_refused():
    assert parse_number("0" * 33 + "9999999", 0) == 9_999_999
    assert parse_number("0" * 34 + "9999999", 0) is None
    assert parse_number("9999999.9999", 4) == 99_999_999_999
    assert parse_number("10000000", 0) is None
    assert format_number(100, 0, 0) == "100"
    assert format_number(5, 4, 2) == "0.0005"


@pytest.mark.parametrize(("start", "months", "end"), [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29"),
    ("2024-05-31", 1, "2024-06-30"), ("2024-12-15", 1, "2025-01-15"), ("2024-01-15", -1, "2023-12-15"),
    ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2024-11-30", 3, "2025-02-28"),
    ("2024-01-29", 1, "2024-02-29"), ("2023-01-29", 1, "2023-02-28"), ("2024-06-15", 0, "2024-06-15"),
])  # fmt: skip
def test_adding_months_keeps_the_day_or_takes_the_last_day_of_a_shorter_month(
    start: str, months: int, end: str
):
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_adding_a_year_to_a_leap_day_gives_february_28_in_a_common_year():
    leap = date(2024, 2, 29)
    assert [add_years(leap, n) for n in (1, 2, 4, -1)] == [
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2028, 2, 29),
        date(2023, 2, 28),
    ]
    assert add_years(date(2096, 2, 29), 4) == date(2100, 2, 28)


def test_adding_months_to_january_31_gives_the_last_day_of_each_month():
    last_days = [add_months(date(2023, 1, 31), count) for count in range(12)]
    assert [day.day for day in last_days] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_february_has_29_days_only_in_leap_years():
    years = (2000, 2024, 2100, 1900, 2023)
    assert [add_months(date(year, 1, 31), 1).day for year in years] == [29, 29, 28, 28, 28]


def test_a_date_before_year_1_or_after_year_9999_raises_an_error():
    assert add_years(date(9998, 12, 31), 1) == date(9999, 12, 31)
    assert add_years(date(2, 1, 1), -1) == date(1, 1, 1)
    assert add_days(date(9999, 12, 30), 1) == date.max
    with pytest.raises(DateOutOfRange, match=r"^9999-12-31 and 1 days lead out of the calendar\.$"):
        add_days(date.max, 1)
    with pytest.raises(DateOutOfRange, match=r"^9999-01-01 and 12 months lead out of the calendar\.$"):
        add_years(date(9999, 1, 1), 1)
    with pytest.raises(DateOutOfRange, match=r"^0001-01-01 and -1 months lead out of the calendar\.$"):
        add_months(date.min, -1)


@pytest.mark.parametrize(
    ("notified_on", "due"),
    [("2026-02-07", "2026-03-09"), ("2026-10-15", "2026-11-14"), ("2028-01-30", "2028-02-29")],
)
def test_a_period_of_days_is_counted_in_calendar_days(notified_on: str, due: str):
    assert due_on(date.fromisoformat(notified_on), 30) == date.fromisoformat(due)


def test_a_date_is_formatted_with_the_name_of_its_month():
    months = [day_in_words(date(2026, month, 1)).split()[0] for month in range(1, 13)]
    assert months[:6] == ["January", "February", "March", "April", "May", "June"]
    assert months[6:] == ["July", "August", "September", "October", "November", "December"]
    assert day_in_words(date(2026, 6, 30)) == "June 30, 2026"


def test_the_cycles_of_an_award_on_a_leap_day_end_on_the_last_day_of_february():
    policy, award = load_policy(), date(2024, 2, 29)
    assert nth_cycle(policy, award, 1) == CyclePeriod(date(2024, 2, 29), date(2026, 2, 28))
    assert nth_cycle(policy, award, 2) == CyclePeriod(date(2026, 3, 1), date(2028, 2, 29))
    assert next_cycle(policy, award, date(2026, 2, 28)) == nth_cycle(policy, award, 2)
    assert next_cycle(policy, None, date(2026, 2, 28)) == CyclePeriod(date(2026, 3, 1), date(2028, 2, 28))


def test_only_the_last_day_of_a_cycle_counted_from_the_award_date_has_a_cycle_number():
    policy, award = load_policy(), date(2022, 6, 30)
    days = ["2022-06-30", "2023-06-30", "2024-06-29", "2024-06-30", "2024-07-01", "2026-06-30", "2020-06-30"]
    assert [cycle_number(policy, award, date.fromisoformat(day)) for day in days] == [
        None,
        None,
        None,
        1,
        None,
        2,
        None,
    ]


def test_a_cycle_before_the_first_one_does_not_exist():
    for number in (0, -1):
        with pytest.raises(ValueError, match=r"^The first cycle has the number 1\.$"):
            nth_cycle(load_policy(), date(2022, 6, 30), number)


def test_an_award_older_than_the_policy_uses_the_policys_first_version():
    assert nth_cycle(load_policy(), date(1980, 2, 29), 24) == CyclePeriod(date(2026, 3, 1), date(2028, 2, 29))


def test_a_cycle_computed_from_its_last_day_has_the_length_in_force_on_its_first_day():
    guides = policy_named("summit-guides")
    assert period_ending(guides, None, date(2026, 12, 31)).starts_on == date(2026, 1, 1)
    assert period_ending(guides, None, date(2028, 6, 29)).starts_on == date(2027, 6, 30)
    assert period_ending(guides, None, date(2028, 7, 1)).starts_on == date(2027, 1, 2)
    assert period_ending(guides, None, date(2028, 6, 30)).starts_on == date(2027, 7, 1)
    assert period_ending(guides, None, date(2001, 6, 30)).starts_on == date(2000, 7, 1)


@pytest.mark.parametrize(("text", "offset", "words"), [
    ("S", Offset("S"), "the first day of the cycle"),
    ("E", Offset("E"), "the expiration date"),
    ("E + 90 days", Offset("E", 90, "day"), "90 days after the expiration date"),
    ("E - 1 day", Offset("E", -1), "1 day before the expiration date"),
    ("E + 1 days", Offset("E", 1, "day"), "1 day after the expiration date"),
    ("S + 6 months", Offset("S", 6, "month"), "6 months after the first day of the cycle"),
    ("E - 2 years", Offset("E", -2, "year"), "2 years before the expiration date"),
])  # fmt: skip
def test_an_offset_is_parsed_and_written_in_words(text: str, offset: Offset, words: str):
    assert parse_offset(text) == offset
    assert offset.words() == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "e",
        "E+1 day",
        "E + 1",
        "E + one day",
        "E + 1 week",
        "E + 1 day ",
        " E",
        "E + 100000 days",
        "E + ٣ days",
        "X",
        "E + -1 days",
    ],
)
def test_text_in_another_format_is_refused_as_an_offset(text: str):
    assert parse_offset(text) is None


def test_a_window_is_inclusive_or_exclusive_at_each_end():
    period = CyclePeriod(date(2024, 7, 1), date(2026, 6, 30))
    first, last = Offset("S", 1, "month"), Offset("E", 1, "year")
    closed, open_ = Bounds(first, last, True, True), Bounds(first, last, False, False)
    assert closed.days_in(period) == (date(2024, 8, 1), date(2027, 6, 30))
    assert open_.days_in(period) == (date(2024, 8, 2), date(2027, 6, 29))
    assert (
        closed.words()
        == "from 1 month after the first day of the cycle, through 1 year after the expiration date"
    )
    assert (
        open_.words()
        == "later than 1 month after the first day of the cycle, before 1 year after the expiration date"
    )


@pytest.mark.parametrize(("count", "words"), [(0, "zero"), (2, "two"), (10, "ten"), (11, "11"), (-1, "-1")])
def test_counts_up_to_ten_are_written_as_words_and_others_as_digits(count: int, words: str):
    assert number_in_words(count) == words


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        ((1, "day"), "1 day"),
        ((2, "day"), "2 days"),
        (("1", "hour"), "1 hour"),
        ((1, "person", "people"), "1 person"),
        ((2, "person", "people"), "2 people"),
    ],
)
def test_a_noun_after_a_number_is_plural_unless_the_number_is_one(counted, words: str):
    assert count_of(*counted) == words
