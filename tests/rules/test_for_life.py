"""A cycle that never ends: certified, nothing required, due or open; and the one place that words its end."""

from dataclasses import replace
from datetime import date

import pytest

from rules.answers import standing_as_dict
from rules.cycle import cycle_number, next_cycle
from rules.days import (
    FOR_LIFE_THROUGH,
    CyclePeriod,
    add_days,
    add_years,
    day_or_life,
    day_or_none,
    through_words,
)
from rules.dues import due_days
from rules.facts import Facts, RecordFact
from rules.for_life import may_be_for_life
from rules.next_cycles import cycle_counted_from, follows_e, may_leave_series, standing_when_approved
from rules.reminders import renewal_marks
from rules.standing import assess
from tests.rules.making import made

DAY = date(2026, 6, 30)
LIFE = made(
    'paths = [{ code = "credits" }, { code = "life", credits = false, lifetime = true }]\n'
    'categories = [{ code = "education", label = "Courses" }, { code = "safety", label = "Safety", minimum = { value = "2" } }]\n'
    'dues = [{ code = "yearly", amount = "40.00", first = "S", every = "1 year" }]\n'
)
COURSE = RecordFact("a", "education", 500, date(2026, 5, 1))


def test_the_end_of_a_cycle_is_worded_as_a_day_or_for_life():
    assert [through_words(one) for one in (DAY, FOR_LIFE_THROUGH)] == ["through June 30, 2026", "for life"]
    assert [day_or_none(one) for one in (DAY, FOR_LIFE_THROUGH)] == [DAY, None]
    assert [day_or_life(one) for one in (DAY, FOR_LIFE_THROUGH)] == ["2026-06-30", "for life"]
    assert [CyclePeriod(DAY, one).is_for_life for one in (DAY, FOR_LIFE_THROUGH)] == [False, True]
    assert add_years(add_days(FOR_LIFE_THROUGH, 400), 100).year == 9102  # nobody's window leaves the calendar


@pytest.mark.parametrize("policy", [LIFE, made()])
@pytest.mark.parametrize("day", ["2026-01-01", "2099-12-31"])
def test_for_life_nothing_is_required_or_open_and_records_still_count(policy, day):
    facts = Facts(FOR_LIFE_THROUGH, starts_on=date(2026, 1, 1), records=(COURSE,))
    standing = assess(facts, date.fromisoformat(day), policy)
    answer = standing_as_dict(standing)
    assert {
        key: answer[key] for key in ("status", "tier", "accepts_application", "eligible", "unmet", "fees")
    } == {
        "status": "active",
        "tier": "closed",
        "accepts_application": False,
        "eligible": False,
        "unmet": ["window"],
        "fees": None,
    }
    assert answer["dates"] == dict.fromkeys(answer["dates"])
    assert all(one.met and one.required == 0 for one in standing.requirements)
    assert (standing.total.counted, standing.records[0].counted) == (500, 500)
    assert (standing.windows, standing.claims, standing.cycle.starts_on) == ((), (), date(2026, 1, 1))
    assert [one["text"] for one in answer["explanations"]] == [
        "You are certified for life.",
        "You are certified for life: there is nothing to renew.",
    ]


def test_a_category_with_a_minimum_stays_a_requirement_of_nothing():
    facts = Facts(FOR_LIFE_THROUGH, starts_on=date(2026, 1, 1), records=(COURSE,))
    standing = assess(facts, DAY, LIFE)
    assert [(one.code, one.label, one.counted) for one in standing.requirements] == [
        ("total", standing.requirements[0].label, 500),
        ("safety", "Safety", 0),
    ]


def test_without_a_first_day_a_cycle_for_life_begins_with_the_award_or_on_the_day():
    awarded = Facts(FOR_LIFE_THROUGH, awarded_on=date(1999, 1, 1))
    assert assess(awarded, DAY, LIFE).cycle == CyclePeriod(date(1999, 1, 1), FOR_LIFE_THROUGH)
    assert assess(Facts(FOR_LIFE_THROUGH), DAY, LIFE).cycle.starts_on == DAY
    before = assess(awarded, date(1999, 12, 31), LIFE)
    assert (before.as_of, before.status) == (date(1999, 12, 31), "active")


def test_no_cycle_reminder_or_yearly_fee_comes_after_it_and_it_has_no_number():
    period = CyclePeriod(DAY, FOR_LIFE_THROUGH)
    assert next_cycle(LIFE, date(2020, 7, 1), FOR_LIFE_THROUGH) == CyclePeriod(
        FOR_LIFE_THROUGH, FOR_LIFE_THROUGH
    )
    assert cycle_number(LIFE, date(2020, 7, 1), FOR_LIFE_THROUGH) is None
    assert renewal_marks(LIFE, period) == ()
    assert list(due_days(LIFE.versions[0].families.dues[0], period)) == []


def test_only_a_policy_with_such_a_way_lets_somebody_be_certified_for_life():
    assert (may_be_for_life(LIFE), may_be_for_life(made())) == (True, False)


NEXT = 'cycle = { next_from = "approval", ends = "month_end", first = { length = "6 months" } }\n'
WAYS = 'paths = [{ code = "usual" }, { code = "short", next_length = "1 year" }]\n'


@pytest.mark.parametrize(
    ("version", "path", "period"),
    [
        (NEXT, None, ("2026-09-20", "2028-09-30")),
        (NEXT + WAYS, "usual", ("2026-09-20", "2028-09-30")),
        (NEXT + WAYS, "short", ("2026-09-20", "2027-09-30")),
        (NEXT.replace("approval", "receipt"), None, ("2026-09-10", "2028-09-30")),
    ],
)
def test_an_approval_moves_only_a_cycle_that_is_counted_from_it(version, path, period):
    policy = made(version + 'tiers = [{ code = "late", after = "E", through = "E + 1 year" }]\n')
    facts = Facts(DAY, starts_on=date(2024, 7, 1))
    if path:
        facts = replace(facts, more=replace(facts.more, path=path))
    standing = assess(facts, date(2026, 9, 10), policy)
    found = standing_when_approved(standing, policy, date(2026, 9, 20), None).dates.next_cycle
    assert (found.starts_on.isoformat(), found.expires_on.isoformat()) == period


def test_a_renewal_for_life_begins_after_e_whatever_the_policy_counts_from():
    policy = made(
        'cycle = { next_from = "approval" }\n'
        + 'paths = [{ code = "credits" }, { code = "life", credits = false, lifetime = true }]\n'
    )
    facts = Facts(DAY, starts_on=date(2024, 7, 1))
    standing = assess(replace(facts, more=replace(facts.more, path="life")), DAY, policy)
    found = standing_when_approved(standing, policy, date(2026, 6, 1), None)
    assert found.dates.next_cycle == CyclePeriod(date(2026, 7, 1), FOR_LIFE_THROUGH)


def test_a_cycle_from_the_day_of_birth_is_counted_from_it_when_it_is_known():
    policy = made('cycle = { next_from = "approval", ends = "birthday" }\n')
    facts = Facts(DAY, starts_on=date(2024, 7, 1))
    facts = replace(facts, more=replace(facts.more, born_on=date(1990, 9, 11)))
    standing = assess(facts, date(2026, 6, 1), policy)
    ends = [
        standing_when_approved(standing, policy, date(2026, 6, 20), born_on).dates.next_cycle.expires_on
        for born_on in (date(1990, 9, 11), None)
    ]
    assert ends == [date(2028, 9, 11), date(2028, 6, 30)]
    assert cycle_counted_from(policy, date(2026, 6, 20), date(1990, 9, 11), 12).expires_on == date(
        2027, 9, 11
    )


@pytest.mark.parametrize(
    ("version", "leaves"),
    [
        ("", False),
        ('cycle = { next_from = "receipt" }\n', True),
        ('tiers = [{ code = "late", after = "E", through = "E + 1 year", next_from = "approval" }]\n', True),
        ('tiers = [{ code = "late", after = "E", through = "E + 1 year", next_from = "E" }]\n', False),
        (WAYS, True),
        ('paths = [{ code = "usual" }]\n', False),
    ],
)
def test_a_cycle_may_end_beside_those_of_the_award_only_where_the_policy_counts_it_otherwise(version, leaves):
    assert may_leave_series(made(version)) == leaves


RECEIPT = 'cycle = { next_from = "receipt" }\n'
LATER = f"[[versions]]\nin_force_from = 2026-01-01\n{RECEIPT}"
TIER = 'tiers = [{{ code = "late", after = "E", through = "E + 1 year", next_from = "{0}" }}]\n'


@pytest.mark.parametrize(
    ("version", "starts_on", "follows"),
    [
        ("", date(2025, 1, 1), True),
        (WAYS, date(2025, 1, 1), True),
        (RECEIPT, date(2025, 1, 1), False),
        (RECEIPT, date(1999, 12, 31), False),  # before the first version, which decides
        (LATER, date(2025, 12, 31), True),
        (LATER, date(2026, 1, 1), False),
        (TIER.format("approval"), date(2025, 1, 1), False),
        (TIER.format("E"), date(2025, 1, 1), True),
        (f"[[versions]]\nin_force_from = 2026-01-01\n{TIER.format('receipt')}", date(2025, 1, 1), False),
    ],
)
def test_the_next_cycle_follows_e_unless_its_version_or_a_tier_counts_it_otherwise(
    version, starts_on, follows
):
    assert follows_e(made(version), starts_on) is follows
