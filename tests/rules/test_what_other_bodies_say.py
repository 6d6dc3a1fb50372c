"""What sixteen more bodies' files needed: keys as they are read, how each counts at its boundary, and what is refused."""

from datetime import date, timedelta

import pytest

from rules.days import Offset, month_end
from rules.policy.building_blocks import Condition, FactTest
from rules.policy.offsets import parse_offset
from rules.policy.parse import PolicyError
from rules.policy.samples import fits_sample, samples_of
from tests.rules.cases import ask
from tests.rules.making import PLAIN, made, unchecked

PAID = 'facts = [{ code = "paid_on", kind = "date" }, { code = "exam", kind = "yes_no" }]\n'
TWENTY = {"id": "a", "category": "education", "ceus": "20", "completed_on": "2026-01-01"}
CYCLE = {"starts_on": "2024-07-01", "expires_on": "2026-06-30"}


def asked(policy, day, *records, **more):
    return ask({"as_of": day, "cycle": CYCLE, "records": list(records), **more}, policy)


def test_month_ends_are_the_last_days_of_months_however_the_day_lies_in_its_own():
    day = date(2023, 1, 1)
    while day < date(2025, 1, 1):
        for count in (-13, -1, 0, 1, 8):
            walked = day.replace(day=1)
            for _ in range(abs(count) + 1 if count >= 0 else abs(count) - 1):
                walked = (walked + timedelta(days=32 if count >= 0 else -1)).replace(day=1)
            assert Offset("E", count, "month end").after(day) == walked - timedelta(days=1), (day, count)
        day += timedelta(days=1)
    assert month_end(date(2024, 2, 3)) == date(2024, 2, 29)


def test_a_day_in_month_ends_is_read_and_put_into_words():
    assert parse_offset("E + 6 month ends") == Offset("E", 6, "month end")
    assert parse_offset("E - 1 month end") == Offset("E", -1, "month end")
    assert parse_offset("E + 6 full month ends") is None
    said = "the last day of the month 6 months after the expiration date"
    assert Offset("E", 6, "month end").words() == said
    said = "the last day of the month 1 month before the expiration date"
    assert Offset("E", -1, "month end").words() == said


@pytest.mark.parametrize(
    ("day", "open_then"), [("2026-12-30", True), ("2026-12-31", True), ("2027-01-01", False)]
)
def test_six_month_ends_after_the_end_of_june_are_the_end_of_december(day, open_then):
    policy = made('tiers = [{ code = "late", after = "E", through = "E + 6 month ends" }]\n')
    assert asked(policy, day)["accepts_application"] is open_then


@pytest.mark.parametrize(("day", "counted"), [("2024-06-29", "0"), ("2024-06-30", "20")])
def test_courses_may_count_from_a_day_before_receipt_on_in_place_of_the_cycle(day, counted):
    policy = made('earning = { from = "R - 2 years", through = "E + 3 months" }\n'
                  'tiers = [{ code = "late", after = "E", through = "E + 3 months" }]\n')  # fmt: skip
    assert policy.wide
    record = {**TWENTY, "completed_on": day}
    assert asked(policy, "2026-06-30", record)["records"][0]["counted"] == counted
    later = asked(policy, "2026-07-01", {**record, "completed_on": "2024-06-30"})["records"][0]
    assert (later["counted"], later["reason"]) == ("0", "before_cycle")


@pytest.mark.parametrize(
    ("day", "needed"),
    [("2026-06-30", "20"), ("2026-07-01", "25"), ("2027-06-30", "25"), ("2027-07-01", "30")],
)
def test_each_year_after_expiration_adds_to_the_usual_total(day, needed):
    policy = made(
        'tiers = [{ code = "late", after = "E", through = "E + 3 years" }]\n',
        plain=PLAIN.replace('value = "20"', 'value = "20", each_year = "5"'),
    )
    assert policy.versions[0].families.total_each_year == 5_00
    stated = next(one for one in policy.versions[0].stated if one.key == "total")
    assert stated.value == "20 credits, and 5 credits for each year that began after expiration"
    assert asked(policy, day)["requirements"][0]["required"] == needed


WAYS = ('paths = [{ code = "usual" }, { code = "short", next_length = "6 months" }]\n'
        'cycle = { ends = "%s", first = { length = "30 months" } }\n'
        'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 1 year", next_from = "receipt" }]\n')  # fmt: skip


@pytest.mark.parametrize(
    ("ends", "path", "day", "following"),
    [
        ("anniversary", "usual", "2026-06-30", ("2026-07-01", "2028-06-30")),
        ("anniversary", "short", "2026-06-30", ("2026-07-01", "2026-12-30")),
        ("month_end", "short", "2026-06-30", ("2026-07-01", "2026-12-31")),
        ("anniversary", "short", "2026-07-05", ("2026-07-05", "2027-01-05")),
        ("anniversary", "usual", "2026-07-05", ("2026-07-05", "2028-07-05")),
    ],
)
def test_a_path_may_have_a_length_of_its_own_for_the_next_cycle(ends, path, day, following):
    dates = asked(made(WAYS % ends), day, path=path)["dates"]
    assert tuple(dates["next_cycle"].values()) == following


@pytest.mark.parametrize(
    ("rounds", "given", "counted"),
    [("down", "60", "1"), ("down", "89", "1"), ("down", "90", "1.5"), ("up", "61", "1.5"), ("up", "60", "1")],
)
def test_so_many_of_another_unit_may_be_worth_one_of_ours(rounds, given, counted):
    policy = made(
        f'conversions = [{{ code = "minute", worth = "1", of = "60", rounds = "{rounds}" }}]\n',
        'unit = { singular = "hour", plural = "hours", digits = 1, step = "0.5" }\n',
    )
    stated = next(one for one in policy.versions[0].stated if one.key == "conversion_minute")
    assert stated.value == "1 hours for 60"
    record = {**TWENTY, "ceus": given, "of": "minute"}
    assert asked(policy, "2026-06-30", record)["records"][0]["counted"] == counted


RECENT = ('fees = [{ code = "renewal", amount = "100.00", instead = [\n'
          '    { when = { %s = { paid_on = "%s" } }, amount = "60.00" }] }]\n')  # fmt: skip


@pytest.mark.parametrize(
    ("key", "limit", "paid_on", "price"),
    [
        ("fact_from", "R - 2 years", "2024-06-30", "60.00"),
        ("fact_from", "R - 2 years", "2024-06-29", "100.00"),
        ("fact_through", "S + 1 month", "2024-08-01", "60.00"),
        ("fact_through", "S + 1 month", "2024-08-02", "100.00"),
        ("fact_through", "E", None, "100.00"),
    ],
)
def test_a_condition_may_count_the_day_of_a_fact_from_the_application(key, limit, paid_on, price):
    policy = made(
        head=PAID, plain=f'in_force_from = 2000-01-01\ntotal = {{ value = "20" }}\n{RECENT % (key, limit)}'
    )
    assert asked(policy, "2026-06-30", facts={"paid_on": paid_on})["fees"]["total"] == price


def test_a_condition_counted_from_the_application_distinguishes_three_kinds_of_people():
    since = Condition(facts=(FactTest("paid_on", counted_from=Offset("R", -2, "year")),))
    until = Condition(facts=(FactTest("paid_on", counted_from=Offset("R", -2, "year"), since=False),))
    plain = Condition(facts=(FactTest("paid_on", first=date(2026, 1, 5)),))
    assert [fits_sample(since, one) for one in samples_of([since, until])] == [False, True, True]
    assert [fits_sample(until, one) for one in samples_of([since, until])] == [True, True, False]
    assert len(list(samples_of([since, plain]))) == 9


@pytest.mark.parametrize(("path", "price"), [("usual", "143.00"), ("other", "198.00")])
def test_a_share_is_of_all_fees_before_it_in_the_file_whichever_tier_or_path_adds_them(path, price):
    policy = made(
        'tiers = [{ code = "on_time", adds = ["renewal", "tax"] }, { code = "late", after = "E", through = "E + 1 month", adds = ["late"] }]\n'
        'paths = [{ code = "usual" }, { code = "other", adds = ["other"] }]\n',
        plain=PLAIN.replace("}]", '}, { code = "other", amount = "50.00" }, { code = "late", amount = "30.00" },'
                                  '{ code = "tax", percent = "10" }]'),
    )  # fmt: skip
    fees = asked(policy, "2026-07-01", path=path)["fees"]
    assert (fees["total"], fees["lines"][-1]["code"]) == (price, "tax")


@pytest.mark.parametrize(
    ("version", "problem"),
    [
        ('cycle = { years = "even" }', "cycle.years: is for ends that are not the anniversary."),
        ('cycle = { years = { every = 3, including = 2026 } }', "cycle.years: is for ends that are not the anniversary."),
        ('cycle = { first = { at_least = "45 days" } }', "cycle.first: at_least and at_most are for ends that are not the anniversary."),
        ('cycle = { ends = "month_end", first = { at_least = "0 days" } }',
         "cycle.first.at_least: must be such as \"2 years\" or \"18 months\", not '0 days'."),
        ('earning = { from = "R - 2 years", through = "R" }',
         "earning.through: must be a day such as \"S\", \"E - 6 months\" or \"E + 90 days\", not 'R'."),
        ('paths = [{ code = "x", next_length = "soon" }]', "paths[x].next_length: must be such as \"2 years\" or \"18 months\", not 'soon'."),
        ('conversions = [{ code = "x", worth = "1", of = "0" }]',
         "conversions[x].of: must be a number in quotes such as \"15\", with at most 4 decimals, not '0'."),
        ('dues = [{ code = "x", amount = "1.00", first = "E", when = { fact_from = { paid_on = "D - 1 day" } } }]',
         "dues[x].when.fact_from.paid_on: must be a day such as \"R - 7 days\", not 'D - 1 day'."),
    ],
)  # fmt: skip
def test_a_key_of_these_that_makes_no_sense_is_refused_with_its_problem(version, problem):
    with pytest.raises(PolicyError) as refused:
        unchecked(f"{version}\n", PAID)
    assert [one.partition("].")[2] for one in refused.value.problems] == [problem]


def test_the_shortest_first_cycle_is_read_in_days_or_in_months():
    ends = [
        unchecked(f'cycle = {{ ends = "month_end", first = {{ at_least = "{text}" }} }}\n')
        .versions[0]
        .families.ends
        for text in ("45 days", "1 day", "4 months", "1 year")
    ]
    assert [(one.first_least_days, one.first_least_months) for one in ends] == [
        (45, 0),
        (1, 0),
        (0, 4),
        (0, 12),
    ]
