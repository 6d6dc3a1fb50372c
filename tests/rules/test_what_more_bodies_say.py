"""What five further bodies' files needed: calendar years, leave, days before receipt in limits, yearly fees on days of
the calendar, and late fees that are counted from a later day.
"""

from datetime import date, timedelta

import pytest

from rules.asking import asked_facts
from rules.days import CyclePeriod
from rules.dues import due_days
from rules.limits import amounts_reached
from rules.policy.parse import PolicyError
from tests.rules.cases import ask
from tests.rules.making import PLAIN, made, unchecked, without_keys

LEAVE = 'facts = [{ code = "leave", kind = "number" }, { code = "exam", kind = "yes_no" }]\n'
LESS = PLAIN.replace('value = "20"', 'value = "20", less = { fact = "leave", each = "1.5" }')
CYCLE = {"starts_on": "2024-05-11", "expires_on": "2026-05-10"}
ONE = timedelta(days=1)


def asked(policy, day, *records, **more):
    return ask({"as_of": day, "cycle": CYCLE, "records": list(records), **more}, policy)


def record(name, amount, day, **more):
    return {"id": name, "category": "education", "ceus": amount, "completed_on": day, **more}


@pytest.mark.parametrize(
    ("facts", "needed"),
    [({}, "20"), ({"leave": 0}, "20"), ({"leave": 1}, "18.5"), ({"leave": 13}, "0.5"), ({"leave": 14}, "0")],
)
def test_each_month_of_leave_takes_its_part_off_the_total_and_never_more_than_all(facts, needed):
    assert (
        asked(made(head=LEAVE, plain=LESS), "2026-05-10", facts=facts)["requirements"][0]["required"]
        == needed
    )


@pytest.mark.parametrize(
    ("facts", "needed"),
    [({"leave": 0}, "20"), ({"leave": 2}, "22"), ({"leave": 5}, "25"), ({"leave": 6}, "25")],
)
def test_each_year_of_rest_adds_to_the_total_up_to_a_most(facts, needed):
    rest = PLAIN.replace('value = "20"', 'value = "20", more = { fact = "leave", each = "1", at_most = "5" }')
    policy = made(head=LEAVE, plain=rest)
    stated = next(one for one in policy.versions[0].stated if one.key == "total_more")
    assert (stated.label, stated.value) == ("More for each: Leave", "1 credit, at most 5")
    assert asked(policy, "2026-05-10", facts=facts)["requirements"][0]["required"] == needed


def test_what_is_taken_off_is_on_the_rules_page_and_asked_facts_the_trainer():
    policy = made(head=LEAVE, plain=LESS)
    stated = next(one for one in policy.versions[0].stated if one.key == "total_less")
    assert (stated.label, stated.value) == ("Less for each: Leave", "1.5 credits")
    assert [one.code for one in asked_facts(policy, date(2026, 5, 10))] == ["leave"]


YEARS = made('limits = [{ code = "y", label = "Each year", per = "calendar_year", minimum = { value = "5" } },\n'
             '    { code = "m", label = "Any", per = "calendar_year", maximum = { value = "8" } }]\n')  # fmt: skip


def test_a_minimum_of_calendar_years_is_about_each_that_is_whole_in_the_cycle():
    limit = YEARS.versions[0].families.limits[0]
    for days in range(0, 1200, 7):
        first = date(2023, 6, 1) + days * ONE
        for last in (
            first + 200 * ONE,
            first + 364 * ONE,
            first + 365 * ONE,
            first + 730 * ONE,
            date(2027, 12, 31),
            date(2027, 12, 30),
        ):
            whole = [
                f"y_{year}"
                for year in range(2023, 2031)
                if first <= date(year, 1, 1) and date(year, 12, 31) <= last
            ]
            reached = amounts_reached(limit, [], {}, CyclePeriod(first, last))
            assert [code for code, _ in reached] == whole, (first, last)


def test_a_calendar_year_counts_what_was_completed_from_its_first_day_through_its_last():
    answer = asked(
        YEARS,
        "2026-05-10",
        record("a", "4.99", "2025-01-01"),
        record("b", "9", "2024-12-31"),
        record("c", "9", "2026-01-01"),
    )
    assert answer["unmet"] == ["y_2025"]
    assert [one["counted"] for one in answer["records"]] == ["4.99", "8", "8"]
    assert any(
        "Any counts 8 credits at most in a calendar year." in one["text"] for one in answer["explanations"]
    )
    full = asked(YEARS, "2026-05-10", record("a", "2", "2025-01-01"), record("b", "6", "2025-12-31"), record("c", "8", "2024-06-01"), record("d", "4", "2026-01-01"))  # fmt: skip
    assert (full["unmet"], full["records"][0]["counted"]) == ([], "2")


@pytest.mark.parametrize(
    ("day", "unmet"), [("2026-03-31", []), ("2026-04-01", ["recent"]), ("2026-05-10", ["recent"])]
)
def test_a_limit_may_be_about_what_was_completed_in_a_time_before_receipt(day, unmet):
    policy = made(
        'limits = [{ code = "recent", from = "R - 1 year", through = "R", minimum = { value = "3" } }]\n'
    )
    assert (
        asked(policy, day, record("a", "3", "2025-03-31"), record("b", "17", "2024-06-01"))["unmet"] == unmet
    )


def test_yearly_fees_on_days_of_the_calendar_are_due_on_each_of_them_in_the_cycle():
    due = (
        made('dues = [{ code = "x", amount = "1.00", fixed_days = ["01-01", "07-01"] }]\n')
        .versions[0]
        .families.dues[0]
    )
    for days in range(0, 800, 5):
        first = date(2023, 6, 1) + days * ONE
        last = first + 400 * ONE
        walked = [
            first + n * ONE
            for n in range(401)
            if ((first + n * ONE).month, (first + n * ONE).day) in ((1, 1), (7, 1))
        ]
        assert list(due_days(due, CyclePeriod(first, last))) == walked


@pytest.mark.parametrize(
    ("per", "day", "price"),
    [
        ("late_month", "2026-07-09", "100.00"),
        ("late_month", "2026-07-10", "110.00"),
        ("late_month", "2026-08-09", "110.00"),
        ("late_month", "2026-08-10", "120.00"),
        ("late_day", "2026-07-09", "100.00"),
        ("late_day", "2026-07-12", "130.00"),
        ("late_year", "2026-07-10", "110.00"),
        ("late_year", "2027-07-10", "120.00"),
    ],
)
def test_late_fees_may_be_counted_from_a_day_after_expiration(per, day, price):
    late = f'}}, {{ code = "late", amount = "10.00", per = "{per}", since = "E + 60 days" }}]'
    policy = made('tiers = [{ code = "late", after = "E", through = "E + 2 years", adds = ["late"] }]\n',
                  plain=PLAIN.replace("}]", late))  # fmt: skip
    assert asked(policy, day)["fees"]["total"] == price


@pytest.mark.parametrize(
    ("version", "plain", "problem"),
    [
        ("", PLAIN.replace('"20"', '"20", less = { fact = "exam", each = "1" }'),
         "total.less.fact: there is no fact exam of the kind number; declare it under [[facts]]."),
        ("", PLAIN.replace('"20"', '"20", less = { fact = "away", each = "1" }'),
         "total.less.fact: there is no fact away of the kind number; declare it under [[facts]]."),
        ("", PLAIN.replace('"20"', '"20", less = { fact = "leave", each = "0" }'),
         "total.less.each: must be more than 0 and a multiple of 0.01, not '0'."),
        ('dues = [{ code = "x", amount = "1.00", fixed_days = ["02-30"] }]\n', PLAIN,
         "dues[x].fixed_days: must be days such as \"12-31\", not '02-30'."),
        ('dues = [{ code = "x", amount = "1.00", fixed_days = ["01-01"], first = "S" }]\n', PLAIN,
         "dues[x].first: is not a key of this table."),
        ('limits = [{ code = "x", per = "calender_year", maximum = { value = "1" } }]\n', PLAIN,
         "limits[x].per: must be one of cycle, year, calendar_year, item, day, month, course, provider, not 'calender_year'."),
        ('limits = [{ code = "x", minimum = { value = "1" }, when = { expires_form = 2026-01-01 } }]\n', PLAIN,
         "limits[x].when.expires_form: is not a key of this table. Did you mean expires_from?"),
    ],
)  # fmt: skip
def test_a_key_of_these_that_makes_no_sense_is_refused_with_its_problem(version, plain, problem):
    with pytest.raises(PolicyError) as refused:
        unchecked(version, LEAVE, plain)
    assert [without_keys(one).partition("].")[2] for one in refused.value.problems] == [problem]


@pytest.mark.parametrize(("amount", "refused"), [("20", False), ("20.01", True)])
def test_minima_of_calendar_years_that_are_more_than_the_total_are_refused(amount, refused):
    text = f'limits = [{{ code = "x", per = "calendar_year", minimum = {{ value = "{amount}" }} }}]\n'
    if refused:
        with pytest.raises(PolicyError, match="20.01 credits are more than the total, 20 credits"):
            made(text)
    else:
        assert made(text).wide
