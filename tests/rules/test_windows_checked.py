"""A policy file with a window that no day can reach, or with a share of a fee that stands after it, is refused."""

import pytest

from tests.rules.making import PLAIN, problems_in

LATE = "it begins on 2023-01-02, after 2023-01-01, the last day to apply"
UNKNOWN = "it begins after the day of receipt, so nothing in it is known by then"
EMPTY = "no day is in it: it would begin on %s and end on %s"
ON = "(when the cycle ends on E = 2023-01-01)."


@pytest.mark.parametrize(
    ("version", "problems"),
    [
        ('acts = [{ code = "x", from = "D", through = "D - 1 day" }]', [f"acts[x]: {EMPTY % ('2021-01-02', '2021-01-01')} {ON}"]),
        ('acts = [{ code = "x", from = "D", through = "D" }]', []),
        ('acts = [{ code = "x", from = "D", through = "R" }]', []),
        ('cards = [{ code = "x", from = "R", through = "R - 30 days" }]', [f"cards[x]: {EMPTY % ('2021-01-02', '2020-12-03')} {ON}"]),
        ('cards = [{ code = "x", from = "R - 30 days", through = "R" }]', []),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "E", through = "S" }]', [f"limits[x]: {EMPTY % ('2023-01-01', '2021-01-02')} {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "E + 1 year", through = "E + 2 years" }]', [f"limits[x]: no course counts from 2024-01-01 through 2025-01-01 {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "S", through = "S + 1 year" }]', []),
        ('needs = [{ code = "x", fact = "passed", from = "E", through = "S" }]', [f"needs[x]: {EMPTY % ('2023-01-01', '2021-01-02')} {ON}"]),
        ('needs = [{ code = "x", fact = "passed", from = "S", through = "E" }]', []),
        ('weights = [{ code = "x", times = "2", from = "E", through = "S" }]', [f"weights[x]: {EMPTY % ('2023-01-01', '2021-01-02')} {ON}"]),
        ('carry_over = { from = "E", through = "S" }', [f"carry_over: {EMPTY % ('2023-01-01', '2021-01-02')} {ON}"]),
        # W and L are the first and the last day to apply; R lies between them, where it leaves the window the most days
        ('acts = [{ code = "x", from = "L", through = "W" }]', [f"acts[x]: {EMPTY % ('2023-01-01', '2022-07-05')} {ON}"]),
        ('acts = [{ code = "x", from = "R", through = "W" }]', []),
        ('acts = [{ code = "x", from = "R", before = "W" }]', [f"acts[x]: {EMPTY % ('2022-07-05', '2022-07-04')} {ON}"]),
        ('needs = [{ code = "x", fact = "passed", from = "E", through = "R" }]', []),
        ('needs = [{ code = "x", fact = "passed", after = "E", through = "R" }]', [f"needs[x]: {EMPTY % ('2023-01-02', '2023-01-01')} {ON}"]),
        ('needs = [{ code = "x", fact = "passed", from = "R - 180 days", through = "E - 360 days" }]', []),
        ('cards = [{ code = "x", from = "R", through = "E - 181 days" }]', [f"cards[x]: {EMPTY % ('2022-07-05', '2022-07-04')} {ON}"]),
        # after the last day to apply
        ('needs = [{ code = "x", fact = "passed", from = "E", through = "E + 2 days" }]', []),
        ('needs = [{ code = "x", fact = "passed", after = "E", through = "E + 2 days" }]', [f"needs[x]: {LATE} {ON}"]),
        ('cards = [{ code = "x", from = "E", through = "E + 2 days" }]', []),
        ('cards = [{ code = "x", after = "E", through = "E + 2 days" }]', [f"cards[x]: {LATE} {ON}"]),
        ('acts = [{ code = "x", from = "S", through = "L" }]', []),
        ('acts = [{ code = "x", from = "S", through = "L + 1 day" }]', [f"acts[x]: it is open through 2023-01-02, after 2023-01-01, the last day to apply {ON}"]),
        ('acts = [{ code = "x", from = "S", through = "W + 181 days" }]', [f"acts[x]: it is open through 2023-01-02, after 2023-01-01, the last day to apply {ON}"]),
        ('acts = [{ code = "x", from = "L", through = "D + 9 years" }]', []),
        ('acts = [{ code = "x", after = "L", through = "D + 9 years" }]', [f"acts[x]: {LATE} {ON}"]),
        ('acts = [{ code = "x", after = "E", through = "R + 9 days" }]', [f"acts[x]: {LATE} {ON}"]),
        # after receipt
        ('needs = [{ code = "x", fact = "passed", after = "R - 1 day", through = "R + 2 days" }]', []),
        ('needs = [{ code = "x", fact = "passed", after = "R", through = "R + 2 days" }]', [f"needs[x]: {UNKNOWN} {ON}"]),
        ('needs = [{ code = "x", fact = "passed", from = "R + 1 day", through = "R + 2 days" }]', [f"needs[x]: {UNKNOWN} {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "R + 1 day", through = "R + 2 days" }]', [f"limits[x]: {UNKNOWN} {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "R", through = "R + 2 days" }]', []),
        ('cards = [{ code = "x", from = "R + 1 day", through = "R + 2 days" }]', []),
        # outside the days on which courses count
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "R - 30 days", through = "R" }]', []),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "S - 9 days", before = "S" }]', [f"limits[x]: no course counts from 2020-12-24 through 2021-01-01 {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "S - 9 days", through = "S" }]', []),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "R - 4 years", through = "R - 1 year" }]', []),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "R - 4 years", through = "R - 3 years" }]', [f"limits[x]: no course counts from 2018-07-05 through 2020-01-01 {ON}"]),
        ('weights = [{ code = "x", times = "2", from = "E", through = "E + 9 days" }]', []),
        ('weights = [{ code = "x", times = "2", after = "E", through = "E + 9 days" }]', [f"weights[x]: no course counts from 2023-01-02 through 2023-01-10 {ON}"]),
        ('carry_over = { after = "E", through = "E + 9 days" }', [f"carry_over: no course counts from 2023-01-02 through 2023-01-10 {ON}"]),
        ('earning = { from = "R - 3 years" }\ncarry_over = { from = "S - 1 year", before = "S" }', []),
        # windows are tried for each day on which a month may end
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "E - 1 month end", through = "E - 31 days" }]', [f"limits[x]: {EMPTY % ('2022-12-31', '2022-12-01')} {ON}"]),
        ('limits = [{ code = "x", minimum = { value = "1" }, from = "E - 14 days", through = "E - 1 month end" }]', ["limits[x]: no day is in it: it would begin on 2023-01-01 and end on 2022-12-31 (when the cycle ends on E = 2023-01-15)."]),
        # before the cycle
        ('tiers = [{ code = "on_time", from = "S - 9 days", through = "S" }]\nearning = { through = "S" }', []),
        ('tiers = [{ code = "on_time", from = "S - 9 days", before = "S" }]\nearning = { from = "S - 9 days", before = "S" }', [f"tiers: the last day to apply is 2021-01-01, before the first day of the cycle, 2021-01-02 {ON}"]),
    ],
)  # fmt: skip
def test_a_window_of_an_act_a_card_a_fact_or_a_limit_that_no_day_can_reach_is_refused(version, problems):
    head = 'facts = [{ code = "passed", kind = "date" }]\n' if "passed" in version else ""
    assert problems_in(version, head) == problems


@pytest.mark.parametrize(
    ("of", "problems"),
    [
        ('["renewal"]', []),
        ('["tax"]', ["fees[tax].of: tax must stand before it in the file."]),
        ('["renewal", "late"]', ["fees[tax].of: late must stand before it in the file."]),
    ],
)
def test_a_share_of_a_fee_that_stands_after_it_is_refused(of, problems):
    rows = f'{{ code = "tax", percent = "10", of = {of} }}, {{ code = "late", amount = "30.00" }}'
    assert (
        problems_in(
            'tiers = [{ code = "on_time", adds = ["renewal", "tax", "late"] }]',
            plain=PLAIN.replace(" }]", f" }}, {rows}]"),
        )
        == problems
    )


def test_a_window_or_a_reminder_that_leads_out_of_the_calendar_with_a_long_cycle_is_refused():
    long = 'cycle = { length = "999 years" }\n'
    tier = 'tiers = [{ code = "on_time", from = "S - 1100 years" }]\n'
    assert problems_in(long + tier) == [f"tiers: a window leads out of the calendar {ON}"]
    reminders = 'reminders = { cycle = [{ code = "opens", on = "W - 1100 years" }, { code = "old", on = "W - 1099 years" }, { code = "before_90" }] }\n'
    found = problems_in(f'{long}tiers = [{{ code = "on_time", from = "S" }}]\n{reminders}')
    assert found == [
        "reminders: a reminder leads out of the calendar (when the cycle ends on E = 2023-01-28)."
    ]


@pytest.mark.parametrize(
    ("version", "key"),
    [
        ('cards = [{ code = "x", from = "R", through = "R + 7899 years" }]', "cards[x].through"),
        ('cards = [{ code = "x", from = "R - 2000 years", through = "R" }]', "cards[x].from"),
        ('dues = [{ code = "x", amount = "1.00", first = "E", when = { fact_from = { passed = "R - 2000 years" } } }]', "dues[x].when.fact_from.passed"),
    ],
)  # fmt: skip
def test_a_day_that_lies_outside_of_the_calendar_is_refused_wherever_it_is_written(version, key):
    head = 'facts = [{ code = "passed", kind = "date" }]\n'
    day = version.partition(f'{key.rpartition(".")[2]} = "')[2].partition('"')[0]
    assert problems_in(version, head) == [f"{key}: leads out of the calendar: '{day}'."]
    assert problems_in(version.replace("7899", "7898").replace("2000 years", "1999 years"), head) == []
