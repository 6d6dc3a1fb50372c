"""Properties of every set of records, whatever they are (hypothesis)."""

from dataclasses import replace
from datetime import date, timedelta
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.answers import Standing
from rules.days import Bounds, CyclePeriod, Offset, add_months, add_years
from rules.facts import RECORD_STATES, Facts, RecordFact
from rules.policy.load import load_policy
from rules.standing import assess
from rules.units import Unit, format_number, parse_number
from tests.rules.cases import policy_named

patient = settings(deadline=None)  # a shared machine may be slow
E = date(2026, 6, 30)
S = date(2024, 7, 1)
days = st.dates(date(2024, 5, 1), date(2026, 11, 30))
maybe_days = st.none() | days
plain_records = st.builds(
    RecordFact,
    id=st.uuids().map(str),
    category=st.sampled_from(["education", "cpr_aed", "yoga"]),
    ceus=st.integers(1, 120),
    completed_on=days,
    valid_through=maybe_days,
    approved_from=maybe_days,
    approved_through=maybe_days,
    state=st.sampled_from(RECORD_STATES),
)
courses = st.none() | st.sampled_from(["anatomy", "nutrition", "ethics"])
all_records = st.builds(lambda record, course: replace(record, course=course), plain_records, courses)
record_lists = st.lists(all_records, max_size=8, unique_by=lambda record: record.id)
received = st.dates(date(2025, 12, 1), date(2027, 7, 10))
POLICIES = [load_policy(), policy_named("harbor-massage"), policy_named("summit-guides")]


def standing(records: list[RecordFact], on: date = E) -> Standing:
    return assess(Facts(E, S, records=tuple(records)), on, load_policy())


@patient
@given(record_lists, plain_records, received)
def test_one_more_accepted_record_without_a_course_never_makes_a_met_requirement_unmet(records, extra, on):
    before = standing(records, on)
    after = standing([*records, replace(extra, state="accepted", course=None)], on)
    assert set(after.unmet) <= set(before.unmet)
    for old, new in zip(before.requirements, after.requirements, strict=True):
        assert new.counted >= old.counted


@patient
@given(record_lists, received, st.randoms())
def test_the_order_of_records_does_not_change_the_answer(records, on, random):
    shuffled = list(records)
    random.shuffle(shuffled)
    one, other = standing(records, on), standing(shuffled, on)
    assert {answer.id: answer for answer in one.records} == {answer.id: answer for answer in other.records}
    assert (one.requirements, one.unmet, one.claims) == (other.requirements, other.unmet, other.claims)


@patient
@given(record_lists, received)
def test_no_record_counts_more_ceus_than_it_has_and_fewer_only_with_a_reason(records, on):
    for record, answer in zip(records, standing(records, on).records, strict=True):
        assert 0 <= answer.counted <= record.ceus
        assert (answer.reason is None) == (answer.counted == record.ceus)
        assert answer.reason in (None, "category_cap") or answer.counted == 0


@patient
@given(record_lists, received)
def test_the_total_is_the_sum_of_counted_ceus_and_no_category_exceeds_its_cap(records, on):
    found = standing(records, on)
    counted = {answer.id: answer.counted for answer in found.records}
    assert found.total.counted == sum(counted.values())
    assert sum(counted[record.id] for record in records if record.category == "cpr_aed") <= 10
    assert found.eligible == (not found.unmet)


@patient
@given(record_lists, received)
def test_the_claimed_records_alone_meet_every_requirement_that_all_records_meet(records, on):
    found = standing(records, on)
    claimed = standing([record for record in records if record.id in found.claims], on)
    assert claimed.unmet == found.unmet
    assert claimed.claims == found.claims
    assert all(answer.counted for answer in claimed.records)


@patient
@given(record_lists, received)
def test_records_completed_after_expiration_are_claimed_only_when_the_cycles_own_fall_short(records, on):
    """Each claimed record after E was needed when it was reached: without it and all later ones there is not enough."""
    found = standing(records, on)
    claimed = [record for record in records if record.id in found.claims]
    of_the_cycle = [record for record in claimed if record.completed_on <= E]
    if len(of_the_cycle) < len(claimed):
        assert {"total", "cpr_aed"} & set(standing(of_the_cycle, on).unmet)


@patient
@given(record_lists, received, st.integers(1, 200))
def test_a_later_day_never_lowers_the_price_or_reopens_an_earlier_tier(records, on, days_later):
    order = ["not_open", "on_time", "late", "additional", "closed"]
    before, after = standing(records, on), standing(records, on + timedelta(days=days_later))
    assert order.index(after.tier) >= order.index(before.tier)
    if before.fees and after.fees:
        assert after.fees.total_cents >= before.fees.total_cents


@patient
@given(
    st.sampled_from(POLICIES),
    st.dates(date(2016, 1, 1), date(2060, 12, 31)),
    st.dates(date(2016, 1, 1), date(2060, 12, 31)),
)
def test_every_day_of_every_policy_is_in_at_most_one_window_and_its_price_is_the_sum_of_the_lines(
    policy, expires_on, on
):
    try:
        found = assess(Facts(expires_on), on, policy)
    except ValueError:
        assert expires_on < date(2019, 1, 1)
        return
    holding = [window for window in found.windows if window.first_on <= on <= window.last_on]
    assert [window.tier for window in holding] == ([found.tier] if found.accepts_application else [])
    if found.fees:
        assert found.fees.total_cents == sum(line.amount_cents for line in found.fees.lines)
    assert found.dates.next_cycle.starts_on == expires_on + timedelta(days=1)


@patient
@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.lists(st.integers(-40, 40), max_size=4))
def test_adding_twelve_months_equals_adding_a_year(day, steps):
    safe = day.replace(day=min(day.day, 28))
    assert reduce(add_months, steps, safe) == add_months(safe, sum(steps))
    assert add_years(day, 1).month == day.month
    assert add_years(day, 400) == day.replace(year=day.year + 400)


@patient
@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(-400, 400), st.integers(-400, 400))
def test_an_exclusive_bound_excludes_exactly_one_day(expires_on, first, last):
    period = CyclePeriod(add_years(expires_on, -2), expires_on)
    ends = (Offset("E", first), Offset("E", last))
    inclusive, exclusive = (
        Bounds(*ends, True, True).days_in(period),
        Bounds(*ends, False, False).days_in(period),
    )
    assert exclusive == (inclusive[0] + timedelta(days=1), inclusive[1] - timedelta(days=1))


@patient
@given(st.integers(0, 999_999_999), st.integers(0, 4), st.integers(0, 4))
def test_a_formatted_amount_is_parsed_back_unchanged(amount, digits, shown):
    text = format_number(amount, digits, min(shown, digits))
    if amount < 10**7 * 10**digits:
        assert parse_number(text, digits) == amount
    unit = Unit("a", "b", digits, min(shown, digits), 1)
    assert unit.format(amount) == text
