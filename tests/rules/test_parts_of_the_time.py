"""Amounts for a part of the time, and what is too much in one year of a cycle."""

from typing import Any

import pytest

from tests.rules.cases import ask, at
from tests.rules.making import PLAIN, made

FIXED = 'cycle = {{ ends = "fixed", fixed_days = ["12-31"], rounds = "down", first = {{ {} }} }}\n'


def first_cycle(
    first: str, awarded_on: str, ends_on: str = "2026-12-31", number: int = 1, more: str = ""
) -> Any:
    """The answer about an award's first cycle, which may be shorter or longer than two years."""
    policy = made(FIXED.format(first) + more)
    cycle = {"starts_on": awarded_on, "expires_on": ends_on, "number": number}
    answer = ask({"as_of": ends_on, "cycle": cycle, "records": []}, policy)
    assert "error" not in answer, answer
    return answer


@pytest.mark.parametrize(
    ("first", "awarded_on", "needed"),
    [
        ('prorated = "whole"', "2025-08-15", "13.34"),  # 16 of 24 months
        ('prorated = "begun"', "2025-08-15", "14.17"),  # 17
        ('prorated = "whole", rounds = "down"', "2025-08-15", "13.33"),
        ('prorated = "whole", rounds = "nearest"', "2025-08-15", "13.33"),
        ('prorated = "begun", rounds = "nearest"', "2025-08-15", "14.17"),
        ('prorated = "whole", rounds = "down", to = "1"', "2025-08-15", "13"),
        ('prorated = "whole", to = "1"', "2025-08-15", "14"),
        ('prorated = "begun", rounds = "nearest", to = "5"', "2025-08-15", "15"),
        ('prorated = "begun", to = "15"', "2025-01-01", "20"),  # the usual time takes the whole
        ('prorated = "begun", to = "15"', "2025-03-15", "20"),  # and a shorter one no more
        ('prorated = "whole", by = "quarter"', "2025-08-15", "12.5"),  # five quarters of eight
        ('prorated = "begun", by = "quarter"', "2025-08-15", "15"),
        ('prorated = "whole", by = "half_year"', "2025-08-15", "10"),
        ('prorated = "begun", by = "half_year"', "2025-08-15", "15"),
        ('prorated = "whole", by = "year"', "2025-08-15", "10"),
        ('prorated = "whole", by = "year"', "2026-01-02", "0"),
        ('prorated = "whole", by = "year"', "2026-01-01", "10"),
        ('prorated = "begun", by = "year"', "2025-12-31", "20"),
        ('prorated = "whole", by = "day"', "2025-08-15", "13.81"),  # 504 of 730 days: 13.808
        ('prorated = "whole", by = "day", rounds = "down"', "2025-08-15", "13.8"),
        ('prorated = "whole"', "2025-01-01", "20"),
        ('prorated = "none"', "2025-08-15", "20"),
    ],
)
def test_a_short_first_cycle_needs_a_part_by_its_months_quarters_years_or_days(first, awarded_on, needed):
    assert at(first_cycle(first, awarded_on), "requirements.total.required") == needed
    assert at(first_cycle(first, awarded_on, number=2), "requirements.total.required") == "20"


@pytest.mark.parametrize(
    ("awarded_on", "ends_on", "needed"),
    [
        ("2026-01-01", "2026-12-31", {"total": "40", "each_1": "20", "whole_2026": "20"}),
        ("2025-07-01", "2026-12-31", {"total": "60", "each_1": "20", "each_2": "20", "whole_2026": "20"}),
        ("2024-01-01", "2028-12-31", {"total": "200"} | {f"each_{one}": "20" for one in range(1, 6)}
            | {f"whole_{one}": "20" for one in range(2024, 2029)}),
    ],
)  # fmt: skip
def test_a_first_cycle_needs_in_each_of_its_years_what_any_year_needs(awarded_on, ends_on, needed):
    limits = (
        'limits = [{ code = "each", per = "year", minimum = { value = "20" } }, '
        '{ code = "whole", per = "calendar_year", minimum = { value = "20" } }, '
        '{ code = "talks", counts = "records", minimum = { value = 4 } }]\n'
    )
    policy = made(
        FIXED.format('prorated = "whole"').replace("{ ends", '{ length = "3 years", ends') + limits,
        plain=PLAIN.replace('"20"', '"120"'),
    )
    cycle = {"starts_on": awarded_on, "expires_on": ends_on, "number": 1}
    answer = ask({"as_of": ends_on, "cycle": cycle, "records": []}, policy)
    assert {one["code"]: one["required"] for one in answer["requirements"]} == needed | {"talks": "4"}


def test_a_half_is_rounded_up_to_the_nearest():
    first = 'prorated = "whole", rounds = "nearest", to = "1"'  # 15 of 24 months: 12.5
    assert at(first_cycle(first, "2025-10-01"), "requirements.total.required") == "13"


def test_a_share_may_be_rounded_another_way():
    limits = 'limits = [{{ code = "law", over = {{ categories = ["education"] }}, minimum = {{ percent = "33.333"{} }} }}]\n'
    expected = {"": "6.67", ', rounds = "down"': "6.66", ', rounds = "nearest"': "6.67"}
    for rounds, needed in expected.items():
        answer = first_cycle('prorated = "none"', "2025-01-01", more=limits.format(rounds))
        assert at(answer, "requirements.law.required") == needed


@pytest.mark.parametrize(
    ("due", "awarded_on", "number", "amounts"),
    [
        # A hundred a year from the first of January on, and the rest of the first year by months.
        ('fixed_days = ["01-01"], prorated = "begun"', "2025-08-15", 1, {"2025-08-15": "41.67", "2026-01-01": "100.00"}),
        ('fixed_days = ["01-01"], prorated = "whole"', "2025-08-15", 1, {"2025-08-15": "33.34", "2026-01-01": "100.00"}),
        ('fixed_days = ["01-01"], prorated = "whole", rounds = "down", to = "1.00"', "2025-08-15", 1, {"2025-08-15": "33.00", "2026-01-01": "100.00"}),
        ('fixed_days = ["01-01"], prorated = "begun", by = "quarter"', "2025-08-15", 1, {"2025-08-15": "50.00", "2026-01-01": "100.00"}),
        ('fixed_days = ["01-01"], prorated = "begun"', "2025-08-15", 2, {"2026-01-01": "100.00"}),
        ('fixed_days = ["01-01"], prorated = "begun"', "2025-01-01", 1, {"2025-01-01": "100.00", "2026-01-01": "100.00"}),
        ('fixed_days = ["01-01", "07-01"], prorated = "begun"', "2026-06-01", 1, {"2026-06-01": "16.67", "2026-07-01": "100.00"}),
        ('fixed_days = ["01-01"]', "2025-08-15", 1, {"2026-01-01": "100.00"}),
        # A hundred for each year from the award on: the last year of the first cycle is short.
        ('first = "S", every = "1 year", prorated = "begun"', "2025-08-15", 1, {"2025-08-15": "100.00", "2026-08-15": "41.67"}),
        ('first = "S", every = "1 year", prorated = "whole", by = "day"', "2025-08-15", 1, {"2025-08-15": "100.00", "2026-08-15": "38.09"}),
        ('first = "S", every = "1 year"', "2025-08-15", 1, {"2025-08-15": "100.00", "2026-08-15": "100.00"}),
    ],
)  # fmt: skip
def test_a_recurring_fee_for_a_part_of_its_time_is_a_part_of_the_fee(due, awarded_on, number, amounts):
    dues = f'dues = [{{ code = "member", amount = "100.00", {due} }}]\n'
    answer = first_cycle('prorated = "none"', awarded_on, number=number, more=dues)
    assert {one["due_on"]: one["amount"] for one in answer["dues"]} == amounts


def test_a_part_of_a_fee_is_paid_late_with_the_whole_late_amount_and_says_that_it_is_a_part():
    due = '{ code = "member", label = "Dues", amount = "120.00", late_amount = "30.00", fixed_days = ["01-01"], prorated = "begun", with_renewal = true }'
    answer = first_cycle('prorated = "none"', "2026-08-15", more=f"dues = [{due}]\n")
    assert [one["amount"] for one in answer["fees"]["lines"]] == ["100.00", "80.00"]
    assert "Dues is due on August 15, 2026. It is for a part of the usual time." in [
        one["text"] for one in answer["explanations"]
    ]


YEARS = 'cycle = { length = "3 years" }\nlimits = [{ code = "each", over = { categories = ["education"] }, per = "year", '
LEAST = 'minimum = { value = "10" }'


def by_year(limit: str, *amounts: str) -> Any:
    """The answer on one record in each of the three years from 2024-01-01 on."""
    policy = made(f"{YEARS}{limit} }}]\n", plain=PLAIN.replace('"20"', '"30"'))
    rows = [
        {
            "id": str(2024 + year),
            "category": "education",
            "ceus": amount,
            "completed_on": f"{2024 + year}-05-01",
        }
        for year, amount in enumerate(amounts)
        if amount != "0"
    ]
    cycle = {"starts_on": "2024-01-01", "expires_on": "2026-12-31"}
    answer = ask({"as_of": "2026-12-31", "cycle": cycle, "records": rows}, policy)
    assert "error" not in answer, answer
    return answer


@pytest.mark.parametrize(
    ("excess", "amounts", "reached"),
    [
        ("", ("30", "0", "0"), ["30", "0", "0"]),
        (', excess = "next"', ("30", "0", "0"), ["30", "20", "0"]),
        (', excess = "next"', ("20", "10", "0"), ["20", "20", "10"]),  # those of the second year go on
        (', excess = "next"', ("15", "10", "5"), ["15", "15", "10"]),
        (', excess = "next"', ("9.99", "12", "8"), ["9.99", "12", "10"]),
        (', excess = "later"', ("30", "0", "0"), ["30", "20", "10"]),
        (', excess = "later"', ("29.99", "0", "0"), ["29.99", "19.99", "9.99"]),
        (', excess = "later", excess_at_most = "15"', ("30", "0", "0"), ["30", "15", "5"]),
        (', excess = "next", excess_at_most = "4"', ("30", "5", "0"), ["30", "9", "0"]),
    ],
)
def test_what_is_too_much_in_one_year_counts_for_the_next_or_for_any_later_one(excess, amounts, reached):
    answer = by_year(f"{LEAST}{excess}", *amounts)
    assert [one["counted"] for one in answer["requirements"][1:]] == reached


@pytest.mark.parametrize(
    ("excess", "amounts", "counted"),
    [
        ("", ("15", "5", "12"), ["10", "5", "10"]),
        (', excess = "next"', ("15", "5", "12"), ["15", "5", "10"]),
        (', excess = "next"', ("15", "7", "12"), ["15", "7", "8"]),  # 5 of the first, 5 and 2 moved
        (', excess = "next"', ("15", "7", "9"), ["15", "7", "8"]),
        (', excess = "next"', ("25", "0", "0"), ["20", "0", "0"]),
        (', excess = "later"', ("35", "0", "0"), ["30", "0", "0"]),
        (', excess = "later"', ("25", "6", "0"), ["25", "5", "0"]),
        (', excess = "next", excess_at_most = "3"', ("25", "9", "0"), ["13", "9", "0"]),
    ],
)
def test_what_a_yearly_cap_cuts_takes_the_room_of_later_years(excess, amounts, counted):
    answer = by_year(f'maximum = {{ value = "10" }}{excess}', *amounts)
    found = {one["id"]: one["counted"] for one in answer["records"]}
    assert [found.get(str(year), "0") for year in (2024, 2025, 2026)] == counted
